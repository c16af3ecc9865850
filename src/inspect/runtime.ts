import type { ImageConfig } from "../image/config.ts";
import type { Inspection } from "./inspect.ts";

/** How a container is started, as the config has it; null where it says nothing (the user is then root). */
export function runtimeOf({
  user,
  entrypoint,
  cmd,
}: ImageConfig): Pick<Inspection, "user" | "entrypoint" | "command"> {
  return { user, entrypoint, command: cmd };
}
