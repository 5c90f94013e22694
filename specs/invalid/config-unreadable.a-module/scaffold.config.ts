import { naming } from "./conventions.ts";

export default { name: naming };
