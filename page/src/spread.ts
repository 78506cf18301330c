// How one thing led to another: from an event along its links, back to what set it off and on to what came of it.

import type { Chronicle, EventLink } from "./chronicle";

/** Relations in which `to` came first and `from` followed from it. */
const FOLLOWS = new Set(["spread_from", "triggered_by", "in_response_to", "in_support_of"]);

export interface Step { link: EventLink; cause: number; effect: number }

/** Links by the events at their ends. */
export function linksOf(chronicle: Chronicle): Map<number, EventLink[]> {
  const all = new Map<number, EventLink[]>();
  for (const link of chronicle.event_links) {
    for (const end of new Set([link.from, link.to])) {
      const there = all.get(end);
      if (there) there.push(link);
      else all.set(end, [link]);
    }
  }
  return all;
}

/** All steps that lead to `event` or away from it, each once. */
export function spreadOf(event: number, links: Map<number, EventLink[]>): Step[] {
  const steps = new Map<EventLink, Step>();
  const follow = (ends: (step: Step) => [number, number]) => {
    const seen = new Set([event]);
    const open = [event];
    for (let at = open.pop(); at !== undefined && steps.size < 500; at = open.pop()) {
      for (const link of links.get(at) ?? []) {
        if (!FOLLOWS.has(link.relation)) continue;
        const step = { link, cause: link.to, effect: link.from };
        const [here, there] = ends(step);
        if (here !== at) continue;
        steps.set(link, step);
        if (!seen.has(there)) {
          seen.add(there);
          open.push(there);
        }
      }
    }
  };
  follow((step) => [step.effect, step.cause]);
  follow((step) => [step.cause, step.effect]);
  return [...steps.values()];
}
