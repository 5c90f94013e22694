import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { jwtVerify } from "jose";
import { Pool } from "pg";

/** What the services that are written by hand have in common: the same checks, statements and table as the generated one. */
export const { PORT, DATABASE_URL, JWT_SECRET = "" } = process.env;
export const pool = new Pool({ connectionString: DATABASE_URL, max: 10 });

const secret = new TextEncoder().encode(JWT_SECRET);

export async function isAllowed(authorization: string | undefined): Promise<boolean> {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) return false;
  return jwtVerify(token, secret, { algorithms: ["HS256"] }).then(
    ({ payload }) => payload.sub !== undefined,
    () => false,
  );
}

const ajv = new Ajv2020();
formats.default(ajv);
export const bodySchema = {
  type: "object",
  additionalProperties: false,
  required: ["name", "price"],
  properties: {
    name: { type: "string", minLength: 1, maxLength: 100 },
    price: { type: "integer", minimum: 0 },
    colour: { type: "string", enum: ["red", "green", "blue"] },
    note: { type: ["string", "null"], maxLength: 500 },
  },
};
export const isBody = ajv.compile(bodySchema);
export const isId = ajv.compile({ type: "string", format: "uuid" });

export interface Item {
  readonly name: string;
  readonly price: number;
  readonly colour?: string;
  readonly note?: string | null;
}

/** Named, so that the server prepares each once for a connection. */
export const readItem = async (id: string): Promise<object | undefined> =>
  (await pool.query({ name: "read", text: "SELECT * FROM items WHERE id = $1", values: [id] })).rows.map(shown)[0];

export const listItems = async (limit: number, offset: number): Promise<readonly object[]> =>
  (
    await pool.query({
      name: "list",
      text: "SELECT * FROM items ORDER BY created_at, id LIMIT $1 OFFSET $2",
      values: [limit, offset],
    })
  ).rows.map(shown);

export const createItem = async ({ name, price, colour, note }: Item): Promise<object | undefined> =>
  (
    await pool.query({
      name: "create",
      text: "INSERT INTO items (name, price, colour, note) VALUES ($1, $2, $3, $4) RETURNING *",
      values: [name, price, colour, note],
    })
  ).rows.map(shown)[0];

function shown({ colour, ...row }: Readonly<Record<string, unknown>>): object {
  return colour === null ? row : { ...row, colour };
}

/** A whole number of the query within bounds; undefined where it is none. */
export function countOf(
  text: string | null | undefined,
  least: number,
  most: number,
  usual: number,
): number | undefined {
  if (text === null || text === undefined) return usual;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  return number < least || number > most ? undefined : number;
}
