import { describeRows, RowRepository } from "../repository.ts";
import type { Specialty, SpecialtyValues } from "./specialty.contract.ts";
import { specialties } from "./specialty.table.ts";

export class SpecialtyRepository extends RowRepository<Specialty, SpecialtyValues, object> {}

export const specialtyRows = describeRows({
  table: specialties,
  key: ["id"],
  order: [{ by: "id" }],
});
