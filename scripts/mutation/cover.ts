import { failureOf, ServiceTests } from "./service-tests.ts";

/** Runs the tests of the service in the working folder once, so that what they come by can be counted (c8). */
const service = new ServiceTests();
await service.open(process.env["MUTATION_DATABASE_URL"] ?? "");
for (const test of await service.load()) {
  const failure = test.isSkipped ? undefined : await failureOf(test);
  if (failure !== undefined) throw new Error(`${test.id}: ${failure}`);
}
// Connections that tests leave open hold nothing up.
process.exit();
