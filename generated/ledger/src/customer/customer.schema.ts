import { Type } from "typebox";

const createCustomerBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120 }),
    email: Type.String({ maxLength: 254, format: "email" }),
    kind: Type.Enum(["person", "company"]),
    phone: Type.Optional(Type.String({ pattern: "^\\+[1-9][0-9]{6,14}$" })),
    birthDate: Type.Optional(Type.Union([Type.String({ format: "date" }), Type.Null()])),
    address: Type.Optional(
      Type.Object(
        {
          line1: Type.String({ minLength: 1, maxLength: 120 }),
          line2: Type.Optional(Type.String({ maxLength: 120 })),
          city: Type.String({ minLength: 1, maxLength: 80 }),
          postcode: Type.String({ minLength: 3, maxLength: 12 }),
          country: Type.String({ pattern: "^[A-Z]{2}$" }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

const getCustomerParams = Type.Object({ customerId: Type.String({ format: "uuid" }) });

export const createCustomerSchema = { body: createCustomerBody };

export const getCustomerSchema = { params: getCustomerParams };

export const replaceCustomerSchema = { params: getCustomerParams, body: createCustomerBody };
