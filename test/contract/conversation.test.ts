import { expect, test } from "vitest";
import { converse, type Conversation } from "../../scripts/contract/conversation.ts";
import { viewOf } from "../../scripts/contract/original.ts";
import { loadDocument } from "../../src/document/load.ts";
import { inferModel } from "../../src/model/infer.ts";
import { temporaryHost } from "../support/host.ts";
import { document, plants, startStandIn, type Plant } from "./stand-in.ts";

/** `npm run contract` is worth what it catches: a service written by hand, which breaks its document's word one way at a time. */
async function talkedTo(plant?: Plant): Promise<Conversation> {
  await using host = await temporaryHost({ "things.json": JSON.stringify(document) });
  const { value } = await loadDocument(host, "things.json");
  if (value === undefined) throw new Error("The document could not be read.");
  await using service = await startStandIn(plant);
  const target = { address: service.address, headers: {}, query: {} };
  const { value: model } = inferModel(value, {});
  return await converse({ original: viewOf(document), model, stored: [], target, seed: 1, rounds: 2 });
}

test("a service that keeps its document's word is found to keep it, and every operation succeeds", async () => {
  const { violations, tallies, unasked } = await talkedTo();
  expect(violations.map(({ kind, operation, detail }) => `${operation}: ${kind}: ${detail}`)).toEqual([]);
  expect(unasked).toEqual([]);
  expect(tallies.map(({ operation }) => operation).toSorted()).toEqual(
    ["DELETE /things/{id}", "GET /things", "GET /things/{id}", "POST /things", "PUT /things/{id}"].toSorted(),
  );
  for (const { succeeded, operation } of tallies) expect(succeeded, operation).toBeGreaterThan(0);
});

const caught: Readonly<Record<Plant, string>> = {
  "shows the secret": "a body that its schema does not allow",
  "leaves out the name": "a body that its schema does not allow",
  "creates with 202": "a status that is not documented",
  "creates what it was not sent": "a value that was changed on its way",
  "keeps what is deleted": "a deleted item that can be read",
  "takes any body": "an invalid request accepted",
  "refuses a count of none": "a valid request refused",
  "fails at a long name": "a 5xx",
  "answers errors in another schema": "a body that its schema does not allow",
  "sends HTML": "a media type that is not documented",
  "does not say which methods there are": "a 405 without Allow",
  "takes any media type": "an unexpected answer to a request in another media type",
  "tells of its database": "an error that tells of the inside",
  "never replaces": "a value that was changed on its way",
};

test.each(plants)("a service that %s is caught", async (plant) => {
  const { violations } = await talkedTo(plant);
  expect(violations.map(({ kind }) => kind)).toContain(caught[plant]);
});
