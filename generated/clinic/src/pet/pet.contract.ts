/** An animal that is treated here. */
export interface Pet {
  id: number;
  name: string;
  species: "cat" | "dog" | "bird" | "hamster" | "lizard" | "snake" | "other";
  birth_date: string;
  neutered: boolean;
  weight_kg: number | null;
  /** Fifteen digits (ISO 11784). */
  chip_number: string | null;
  /** Whose pet it is. */
  owner_id: number;
  created_at: string;
}

/** What can be set of a stored pet; null clears. */
export interface PetValues {
  id?: number | undefined;
  name?: string | undefined;
  species?: "cat" | "dog" | "bird" | "hamster" | "lizard" | "snake" | "other" | undefined;
  birth_date?: string | undefined;
  neutered?: boolean | undefined;
  weight_kg?: number | null | undefined;
  chip_number?: string | null | undefined;
  owner_id?: number | undefined;
  created_at?: string | undefined;
}

/** What lists of pets can be filtered by. */
export interface PetFilter {
  species?: "cat" | "dog" | "bird" | "hamster" | "lizard" | "snake" | "other" | undefined;
  neutered?: boolean | undefined;
}

/** The body of POST /owners/{owner_id}/pets, PUT /pets/{pet_id}. */
export interface NewPet {
  name: string;
  species: "cat" | "dog" | "bird" | "hamster" | "lizard" | "snake" | "other";
  birth_date: string;
  neutered?: boolean;
  weight_kg?: number | null;
  /** Fifteen digits (ISO 11784). */
  chip_number?: string | null;
}
