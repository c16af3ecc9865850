import { Failure } from "./failure.ts";
import type { BaseQuestion } from "./git/commit.ts";
import { isSha, type Sha } from "./git/sha.ts";
import type { Event } from "./github/event.ts";

/** What an event asks git: which commit is the base. The object names come from its payload, and are checked here. */
export function questionOf(event: Event): BaseQuestion {
  switch (event.kind) {
    case "pull-request":
      return { ...event, headSha: shaOf(event.headSha), baseSha: shaOf(event.baseSha) };
    case "push":
      return { ...event, before: shaOf(event.before) };
    case "merge-group":
      return { ...event, baseSha: shaOf(event.baseSha) };
    case "dispatch":
      return event;
  }
}

function shaOf(text: string): Sha {
  if (isSha(text)) return text;
  throw new Failure(
    "event-unsupported",
    "The event names a commit that is no full object name, so it is not GitHub's.",
  );
}
