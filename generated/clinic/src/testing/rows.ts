import type { Appointment, AppointmentValues } from "../appointment/appointment.contract.ts";
import { validAppointmentRow } from "../appointment/appointment.fixtures.ts";
import { AppointmentRepository, appointmentRows } from "../appointment/appointment.repository.ts";
import { JoinRepository } from "../join.ts";
import { vetSpecialties } from "../joins.table.ts";
import type { Owner, OwnerValues } from "../owner/owner.contract.ts";
import { validOwnerRow } from "../owner/owner.fixtures.ts";
import { OwnerRepository, ownerRows } from "../owner/owner.repository.ts";
import type { Pet, PetValues } from "../pet/pet.contract.ts";
import { validPetRow } from "../pet/pet.fixtures.ts";
import { PetRepository, petRows } from "../pet/pet.repository.ts";
import type { Specialty, SpecialtyValues } from "../specialty/specialty.contract.ts";
import { validSpecialtyRow } from "../specialty/specialty.fixtures.ts";
import { SpecialtyRepository, specialtyRows } from "../specialty/specialty.repository.ts";
import type { Vet, VetValues } from "../vet/vet.contract.ts";
import { validVetRow } from "../vet/vet.fixtures.ts";
import { VetRepository, vetRows } from "../vet/vet.repository.ts";
import type { Visit, VisitValues } from "../visit/visit.contract.ts";
import { validVisitRow } from "../visit/visit.fixtures.ts";
import { VisitRepository, visitRows } from "../visit/visit.repository.ts";
import { database, sharedRows } from "./database.ts";

let counted = 0;

/** 1, 2, 3 …: another number at each call. */
function count(): number {
  counted += 1;
  return counted;
}

/** One value after the other, from the first again after the last. */
function cycle<Value>(values: readonly [Value, ...Value[]]): () => Value {
  let at = -1;
  return () => {
    at = (at + 1) % values.length;
    return values[at] ?? values[0];
  };
}

/** Values of members that no two rows share: another one at each call. */
export const unique = {
  ownerEmail: () => `person${count()}@example.com`,
  vetLicence: cycle([
    "WI-20413",
    "BX-24128",
    "HW-17658",
    "WU-16267",
    "CS-12581",
    "QQ-63267",
    "XX-83716",
    "LV-77232",
    "ST-41832",
    "GR-21550",
    "NP-16793",
    "TW-54269",
    "IZ-80438",
    "OS-13704",
    "DQ-73738",
    "JP-61298",
    "YV-66701",
    "ET-60723",
    "SR-54738",
    "ZI-94763",
    "NW-27570",
    "UU-19282",
    "IS-09718",
    "PQ-20226",
    "DP-56739",
    "KV-76158",
    "YW-72744",
    "FR-58205",
    "LQ-73697",
    "AO-07111",
    "GU-07452",
    "UR-85268",
    "BX-97468",
    "PW-82910",
    "WU-66492",
    "KS-64175",
    "RU-64435",
    "FP-13840",
    "MV-41321",
    "AT-13042",
    "HR-13553",
    "VP-88169",
    "CW-01498",
    "QQ-41851",
    "WS-74742",
    "DQ-07924",
    "RP-72769",
    "YU-40742",
    "MT-24513",
    "TR-16845",
    "HP-77800",
    "OW-80900",
    "CU-83582",
    "JS-75795",
    "XR-57615",
    "EP-20010",
    "SV-42657",
    "YS-28115",
    "NR-23965",
    "TQ-05925",
  ]),
  specialtyName: () => `text ${count()}`,
};

/**
 * What a row refers to: rows of its own, or, where the row itself only stands behind another, rows that are the same
 * for the whole test. Else each row of a test would bring hundreds.
 */
type Others = "own" | "shared";

/** A row to refer to; a shared one is made once. */
function referred<Row>(others: Others, name: string, make: () => Promise<Row>): Promise<Row> {
  if (others === "own") return make();
  const row = (sharedRows.get(name) as Promise<Row> | undefined) ?? make();
  sharedRows.set(name, row);
  return row;
}

/** An owner in the table, with all that it refers to. */
export async function givenOwner(change: OwnerValues = {}): Promise<Owner> {
  const values: OwnerValues = {
    first_name: "Maria",
    last_name: "Escobito",
    email: unique.ownerEmail(),
    telephone: "6085557683",
    street: "345 Maple St.",
    city: "Madison",
    ...validOwnerRow(),
    ...change,
  };
  return stored((connection) => new OwnerRepository(ownerRows, connection).create(values));
}

/** A pet in the table, with all that it refers to. */
export async function givenPet(change: PetValues = {}, others: Others = "own"): Promise<Pet> {
  const values: PetValues = {
    name: "Leo",
    species: "cat",
    birth_date: "2020-09-07",
    neutered: true,
    weight_kg: 4.2,
    chip_number: "985112345678903",
    ...validPetRow(),
    ...change,
    owner_id:
      change.owner_id === undefined ? (await referred(others, "Owner", () => givenOwner())).id : change.owner_id,
  };
  return stored((connection) => new PetRepository(petRows, connection).create(values));
}

/** A visit in the table, with all that it refers to. */
export async function givenVisit(change: VisitValues = {}): Promise<Visit> {
  const values: VisitValues = {
    date: "2026-03-14",
    description: "Rabies shot",
    temperature: 38.5,
    fee: "45.50",
    ...validVisitRow(),
    ...change,
    vet_id: change.vet_id === undefined ? (await givenVet()).id : change.vet_id,
    pet_id: change.pet_id === undefined ? (await givenPet({}, "shared")).id : change.pet_id,
  };
  return stored((connection) => new VisitRepository(visitRows, connection).create(values));
}

/** A vet in the table, with all that it refers to. */
export async function givenVet(change: VetValues = {}): Promise<Vet> {
  const values: VetValues = {
    first_name: "James",
    last_name: "Carter",
    licence: unique.vetLicence(),
    on_leave: true,
    ...validVetRow(),
    ...change,
  };
  return stored((connection) => new VetRepository(vetRows, connection).create(values));
}

/** A specialty in the table, with all that it refers to. */
export async function givenSpecialty(change: SpecialtyValues = {}): Promise<Specialty> {
  const values: SpecialtyValues = {
    name: unique.specialtyName(),
    ...validSpecialtyRow(),
    ...change,
  };
  return stored((connection) => new SpecialtyRepository(specialtyRows, connection).create(values));
}

/** An appointment in the table, with all that it refers to. */
export async function givenAppointment(change: AppointmentValues = {}): Promise<Appointment> {
  const values: AppointmentValues = {
    starts_at: "2026-03-14T09:30:00Z",
    duration_minutes: 5,
    status: "booked",
    reason: "Limping on the left hind leg",
    ...validAppointmentRow(),
    ...change,
    pet_id: change.pet_id === undefined ? (await givenPet({}, "shared")).id : change.pet_id,
    vet_id: change.vet_id === undefined ? (await givenVet()).id : change.vet_id,
  };
  return stored((connection) => new AppointmentRepository(appointmentRows, connection).create(values));
}

/** Joins a vet with a specialty. */
export async function joinVetSpecialties(left: unknown, right: unknown): Promise<void> {
  await stored((connection) =>
    new JoinRepository({ table: vetSpecialties, left: "vetId", right: "specialtyId" }, connection).add(left, right),
  );
}

/** The keys of what a row on one side of that join is joined with. */
export async function joinedVetSpecialties(side: "left" | "right", key: unknown): Promise<readonly unknown[]> {
  const pairs = await stored((connection) => {
    const rows = new JoinRepository({ table: vetSpecialties, left: "vetId", right: "specialtyId" }, connection);
    return side === "left" ? rows.ofLeft([key]) : rows.ofRight([key]);
  });
  return pairs.map((pair) => (side === "left" ? pair.right : pair.left));
}

/** Works on the tables themselves, past the service. */
function stored<Result>(work: Parameters<typeof database.connected<Result>>[0]): Promise<Result> {
  return database.connected(work);
}
