import { openDatabase } from "./database.ts";
import { plant } from "./seeds.ts";

const { DATABASE_URL, DATA_DIR, NODE_ENV } = process.env;
if (NODE_ENV === "production") throw new Error("Rows to try the service with have no place in production.");

const database = await openDatabase({ url: DATABASE_URL, dataDir: DATA_DIR ?? ".data" });
const planted = await database.connected(plant);
await database.close();
console.log(planted === 0 ? "There are rows already." : `${planted} rows are there now.`);
