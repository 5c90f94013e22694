import { inject, type Constructor } from "@loopback/core";
import {
  DefaultCrudRepository,
  Entity,
  juggler,
  model,
  property,
  repository,
  RepositoryMixin,
} from "@loopback/repository";
import { get, getModelSchemaRef, HttpErrors, param, post, requestBody, RestApplication } from "@loopback/rest";
import { jwtVerify } from "jose";

/** LoopBack 4 with its own connector of PostgreSQL, as its command line generates them. */
const { PORT, DATABASE_URL = "", JWT_SECRET } = process.env;
const secret = new TextEncoder().encode(JWT_SECRET);

@model({ settings: { strict: true, postgresql: { table: "items" } } })
class Item extends Entity {
  @property({ id: true, type: "string", generated: true, useDefaultIdType: false, postgresql: { dataType: "uuid" } })
  id: string;

  @property({ type: "string", required: true, jsonSchema: { minLength: 1, maxLength: 100 } })
  name: string;

  @property({ type: "number", required: true, jsonSchema: { type: "integer", minimum: 0 } })
  price: number;

  @property({ type: "string", jsonSchema: { enum: ["red", "green", "blue"] } })
  colour?: string;

  @property({ type: "string", jsonSchema: { maxLength: 500, nullable: true } })
  note?: string | null;

  @property({ type: "date", defaultFn: "now" })
  created_at: Date;
}

class ItemRepository extends DefaultCrudRepository<Item, string> {
  constructor(@inject("datasources.db") dataSource: juggler.DataSource) {
    super(Item, dataSource);
  }
}

class ItemController {
  constructor(@repository(ItemRepository) private readonly items: ItemRepository) {}

  @get("/items")
  async list(
    @param.query.integer("limit", { schema: { type: "integer", minimum: 1, maximum: 100, default: 20 } }) limit = 20,
    @param.query.integer("offset", { schema: { type: "integer", minimum: 0, default: 0 } }) offset = 0,
  ): Promise<object[]> {
    const rows = await this.items.find({ order: ["created_at ASC", "id ASC"], limit, skip: offset });
    return rows.map(shown);
  }

  @post("/items", { responses: { "201": { description: "The item." } } })
  async create(
    @requestBody({
      content: {
        "application/json": { schema: getModelSchemaRef(Item, { title: "NewItem", exclude: ["id", "created_at"] }) },
      },
    })
    body: Omit<Item, "id" | "created_at">,
  ): Promise<object> {
    return shown(await this.items.create(body));
  }

  @get("/items/{id}")
  async read(@param.path.string("id", { schema: { type: "string", format: "uuid" } }) id: string): Promise<object> {
    return shown(await this.items.findById(id));
  }
}

/** What is optional and has no value is left out. */
function shown(item: Item): object {
  const { colour, ...row } = item.toJSON() as Record<string, unknown>;
  return colour === null || colour === undefined ? row : { ...row, colour };
}

class ReadyController {
  @get("/ready")
  ready(): object {
    return {};
  }
}

class App extends RepositoryMixin(RestApplication as Constructor<RestApplication> & typeof RestApplication) {}

const app = new App({ rest: { port: Number(PORT), host: "127.0.0.1", openApiSpec: { disabled: true } } });
app.dataSource(
  new juggler.DataSource({ name: "db", connector: "postgresql", url: DATABASE_URL, max: 10 }) as never,
  "db",
);
app.repository(ItemRepository);
app.controller(ItemController);
app.controller(ReadyController);
app.middleware(async ({ request }, next) => {
  if (request.path === "/ready") return next();
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (token === undefined) throw new HttpErrors.Unauthorized();
  const { payload } = await jwtVerify(token, secret, { algorithms: ["HS256"] }).catch(() => {
    throw new HttpErrors.Unauthorized();
  });
  if (payload.sub === undefined) throw new HttpErrors.Unauthorized();
  return next();
});
await app.start();
process.once("SIGTERM", () => void app.stop().then(() => process.exit()));
