import type { Appointment, AppointmentValues } from "./appointment/appointment.contract.ts";
import { AppointmentRepository, appointmentRows } from "./appointment/appointment.repository.ts";
import type { Connection } from "./connection.ts";
import { Failure, sqlState } from "./failure.ts";
import type { Owner, OwnerValues } from "./owner/owner.contract.ts";
import { OwnerRepository, ownerRows } from "./owner/owner.repository.ts";
import type { Pet, PetValues } from "./pet/pet.contract.ts";
import { PetRepository, petRows } from "./pet/pet.repository.ts";
import type { Specialty, SpecialtyValues } from "./specialty/specialty.contract.ts";
import { SpecialtyRepository, specialtyRows } from "./specialty/specialty.repository.ts";
import type { Vet, VetValues } from "./vet/vet.contract.ts";
import { VetRepository, vetRows } from "./vet/vet.repository.ts";
import type { Visit, VisitValues } from "./visit/visit.contract.ts";
import { VisitRepository, visitRows } from "./visit/visit.repository.ts";

/** Rows to try the service with, made of the document's examples and constraints. A table that has rows is left alone. */
export async function plant(connection: Connection): Promise<number> {
  let planted = 0;

  const owners = await fill<Owner, OwnerValues>(new OwnerRepository(ownerRows, connection), [
    () => ({
      first_name: "Maria",
      last_name: "Escobito",
      email: "maria@example.com",
      telephone: "6085557683",
      street: "345 Maple St.",
      city: "Madison",
    }),
    () => ({
      first_name: "First name 2",
      last_name: "Last name 2",
      email: "person2@example.com",
      telephone: "6085557683",
      street: "Street 2",
      city: "City 2",
    }),
    () => ({
      first_name: "First name 3",
      last_name: "Last name 3",
      email: "person3@example.com",
      telephone: "6085557683",
      street: "Street 3",
      city: "City 3",
    }),
    () => ({
      first_name: "First name 4",
      last_name: "Last name 4",
      email: "person4@example.com",
      telephone: "6085557683",
      street: "Street 4",
      city: "City 4",
    }),
    () => ({
      first_name: "First name 5",
      last_name: "Last name 5",
      email: "person5@example.com",
      telephone: "6085557683",
      street: "Street 5",
      city: "City 5",
    }),
  ]);

  const pets = await fill<Pet, PetValues>(new PetRepository(petRows, connection), [
    () => ({
      name: "Leo",
      species: "cat",
      birth_date: "2020-09-07",
      neutered: true,
      weight_kg: 4.2,
      chip_number: "985112345678903",
      owner_id: pick(owners, 0).id,
    }),
    () => ({
      name: "Name 2",
      species: "dog",
      birth_date: "2020-09-07",
      neutered: false,
      weight_kg: 4.2,
      chip_number: "985112345678903",
      owner_id: pick(owners, 1).id,
    }),
    () => ({
      name: "Name 3",
      species: "bird",
      birth_date: "2020-09-07",
      neutered: true,
      weight_kg: 4.2,
      chip_number: "985112345678903",
      owner_id: pick(owners, 2).id,
    }),
    () => ({
      name: "Name 4",
      species: "hamster",
      birth_date: "2020-09-07",
      neutered: false,
      weight_kg: 4.2,
      chip_number: "985112345678903",
      owner_id: pick(owners, 3).id,
    }),
    () => ({
      name: "Name 5",
      species: "lizard",
      birth_date: "2020-09-07",
      neutered: true,
      weight_kg: 4.2,
      chip_number: "985112345678903",
      owner_id: pick(owners, 4).id,
    }),
  ]);

  const vets = await fill<Vet, VetValues>(new VetRepository(vetRows, connection), [
    () => ({ first_name: "James", last_name: "Carter", licence: "WI-20413", on_leave: true }),
    () => ({ first_name: "First name 2", last_name: "Last name 2", licence: "BX-24128", on_leave: false }),
    () => ({ first_name: "First name 3", last_name: "Last name 3", licence: "HW-17658", on_leave: true }),
    () => ({ first_name: "First name 4", last_name: "Last name 4", licence: "WU-16267", on_leave: false }),
    () => ({ first_name: "First name 5", last_name: "Last name 5", licence: "CS-12581", on_leave: true }),
  ]);

  await fill<Visit, VisitValues>(new VisitRepository(visitRows, connection), [
    () => ({
      date: "2026-03-14",
      description: "Rabies shot",
      temperature: 38.5,
      fee: "45.50",
      vet_id: pick(vets, 0).id,
      pet_id: pick(pets, 0).id,
    }),
    () => ({
      date: "2026-03-14",
      description: "Description 2",
      temperature: 38.5,
      fee: "45.50",
      vet_id: pick(vets, 1).id,
      pet_id: pick(pets, 1).id,
    }),
    () => ({
      date: "2026-03-14",
      description: "Description 3",
      temperature: 38.5,
      fee: "45.50",
      vet_id: pick(vets, 2).id,
      pet_id: pick(pets, 2).id,
    }),
    () => ({
      date: "2026-03-14",
      description: "Description 4",
      temperature: 38.5,
      fee: "45.50",
      vet_id: pick(vets, 3).id,
      pet_id: pick(pets, 3).id,
    }),
    () => ({
      date: "2026-03-14",
      description: "Description 5",
      temperature: 38.5,
      fee: "45.50",
      vet_id: pick(vets, 4).id,
      pet_id: pick(pets, 4).id,
    }),
  ]);

  await fill<Specialty, SpecialtyValues>(new SpecialtyRepository(specialtyRows, connection), [
    () => ({ name: "radiology" }),
    () => ({ name: "Name 2" }),
    () => ({ name: "Name 3" }),
    () => ({ name: "Name 4" }),
    () => ({ name: "Name 5" }),
  ]);

  await fill<Appointment, AppointmentValues>(new AppointmentRepository(appointmentRows, connection), [
    () => ({
      starts_at: "2026-03-14T09:30:00Z",
      duration_minutes: 5,
      status: "booked",
      reason: "Limping on the left hind leg",
      pet_id: pick(pets, 0).id,
      vet_id: pick(vets, 0).id,
    }),
    () => ({
      starts_at: "2026-03-14T09:30:00Z",
      duration_minutes: 10,
      status: "confirmed",
      reason: "Reason 2",
      pet_id: pick(pets, 1).id,
      vet_id: pick(vets, 1).id,
    }),
    () => ({
      starts_at: "2026-03-14T09:30:00Z",
      duration_minutes: 15,
      status: "cancelled",
      reason: "Reason 3",
      pet_id: pick(pets, 2).id,
      vet_id: pick(vets, 2).id,
    }),
    () => ({
      starts_at: "2026-03-14T09:30:00Z",
      duration_minutes: 20,
      status: "done",
      reason: "Reason 4",
      pet_id: pick(pets, 3).id,
      vet_id: pick(vets, 3).id,
    }),
    () => ({
      starts_at: "2026-03-14T09:30:00Z",
      duration_minutes: 25,
      status: "booked",
      reason: "Reason 5",
      pet_id: pick(pets, 4).id,
      vet_id: pick(vets, 4).id,
    }),
  ]);
  return planted;

  async function fill<Row, Values>(
    rows: Rows<Row, Values>,
    values: readonly (() => Values)[],
  ): Promise<readonly Row[]> {
    const { items } = await rows.list({ limit: values.length });
    if (items.length > 0) return items;
    const made: Row[] = [];
    for (const valuesOf of values) {
      try {
        made.push(await rows.create(valuesOf()));
      } catch (error) {
        // What the document says need not be all that holds: a row that the database refuses is left out.
        if (!(error instanceof Failure) && !/^2[23]/.test(sqlState(error) ?? "")) throw error;
      }
    }
    planted += made.length;
    return made;
  }
}

/** What is needed of a repository. */
interface Rows<Row, Values> {
  list(query: { readonly limit: number }): Promise<{ readonly items: readonly Row[] }>;
  create(values: Values): Promise<Row>;
}

function pick<Row>(rows: readonly Row[], at: number): Row {
  const row = rows[at % rows.length];
  if (row === undefined) throw new Failure("conflict", "There is no row to refer to.");
  return row;
}
