// The dataset as `doleance_dataset::Page` writes it (docs/dataset.md, "What the page reads"), and how it is unpacked.

export type Span = [number, number];
export interface Quote { start: number; end: number; text: string }

export interface Agreed<T> {
  value: T;
  records?: number[];
  dissents?: { value: T; records: number[] }[];
  decided?: boolean;
}
export interface When { start?: string; end?: string; granularity: string; part?: string }
export interface Where {
  name: string; id?: string; level: string; country?: string; admin1?: string; lat?: number; lon?: number;
}
export interface Actor { role: string; sector?: string; name?: string; organisation?: string; records: number[] }
export interface Figure { low?: number; high?: number; said_by?: string; texts: string[]; records: number[] }
export interface Issue { issue: string; stance: string; claims: number[] }
export interface Event {
  id: string;
  kind: Agreed<string>;
  status: Agreed<string>;
  time?: Agreed<When>;
  place?: Agreed<Where>;
  actors?: Actor[];
  targets?: Actor[];
  size?: Figure[];
  killed?: Figure[];
  injured?: Figure[];
  arrested?: Figure[];
  issues?: Issue[];
  confidence: number;
  records: number[];
  reports: number[];
}

export interface CodedActor {
  role: string; sector: string | null; name: string | null; organisation: string | null; text: string; span: Span;
}
export interface CodedFigure { low: number | null; high: number | null; text: string; said_by: string | null; span: Span }
export interface CodedEvent {
  id: string;
  kind: string;
  status: string;
  trigger: Quote;
  time: { start: string | null; end: string | null; part: string | null; granularity: string; text: string; span: Span } | null;
  place: {
    name: string; level: string; country: string | null; admin1: string | null; text: string; span: Span;
    alternatives: { name: string; country: string | null; score: number }[];
  } | null;
  actors: CodedActor[];
  targets: CodedActor[];
  size: CodedFigure[];
  killed: CodedFigure[];
  injured: CodedFigure[];
  arrested: CodedFigure[];
  reported_by: string | null;
  confidence: number;
  evidence: Span[];
  rules: string[];
}
export interface Party { role: string; name: string | null; text: string; span: Span }
export interface CodedClaim { issue: string; stance: string; span: Quote; claimant: Party | null; addressee: Party | null }

export interface Report {
  name: string; title?: string; published?: string; source?: string; url?: string; language?: string; country?: string;
  text?: string; pieces?: [number, string][]; records?: number[]; claims?: number[];
}
export interface EventRecord { uid: string; report: number; event?: number; reviewed?: string; coded: CodedEvent }
export interface Claim { report: number; records?: number[]; events?: number[]; coded: CodedClaim }
export interface Link { report: number; from: number; to: number; coded: { relation: string; span: Quote } }
export interface EventLink { relation: string; from: number; to: number; links?: number[]; inferred?: string }
export interface Join {
  event: number; record: number; with?: number; weight?: number; decided?: boolean;
  reasons?: { field: string; level: string; bits: number }[];
}
export interface Chronicle {
  format: number;
  unmerged: number;
  left_out?: { [what: string]: number };
  reports: Report[];
  records: EventRecord[];
  claims: Claim[];
  links: Link[];
  events: Event[];
  event_links: EventLink[];
  crosswalk: Join[];
}

/** The form of the dataset that this page reads. */
export const FORMAT = 1;

/** Unpacks the JSON in a data block: base64 of deflated bytes. */
export async function unpack<T>(id: string): Promise<T> {
  const block = document.getElementById(id)?.textContent ?? "";
  const binary = atob(block.trim());
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return (await new Response(inflated).json()) as T;
}
