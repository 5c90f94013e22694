import { eq } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Pet, PetFilter, PetValues } from "./pet.contract.ts";
import { pets } from "./pet.table.ts";

export class PetRepository extends RowRepository<Pet, PetValues, PetFilter> {}

export const petRows = describeRows({
  table: pets,
  key: ["id"],
  order: [{ by: "id" }],
  filters: {
    species: eq(pets.species, valueOf(pets.species, "$filter.species")),
    neutered: eq(pets.neutered, valueOf(pets.neutered, "$filter.neutered")),
  },
});
