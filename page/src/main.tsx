// Unpacks the chronicle and draws the page.

import { render } from "preact";
import { feature } from "topojson-client";
import type { GeometryObject, Topology } from "topojson-specification";

import "./style.css";

import { App } from "./app";
import { FORMAT, unpack, type Chronicle } from "./chronicle";
import { preferred, Words } from "./words";

type LandTopology = Topology<{ land: GeometryObject }>;

async function begin(root: HTMLElement): Promise<void> {
  const words = new Words(preferred());
  root.textContent = words.say("loading");
  try {
    const [topology, chronicle] = await Promise.all([unpack<LandTopology>("land"), unpack<Chronicle>("dataset")]);
    root.textContent = "";
    if (chronicle.format !== FORMAT) root.textContent = words.say("wrong_format");
    else render(<App chronicle={chronicle} land={feature(topology, topology.objects.land)} />, root);
  } catch (error) {
    root.textContent = words.say("outdated_browser", { reason: String(error) });
  }
  document.documentElement.dataset["ready"] = "true";
}

const root = document.getElementById("page");
if (root) void begin(root);
