export { placeOf as place } from "../document/resolve.ts";
