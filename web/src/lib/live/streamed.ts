/** What comes in event streams: the description of the API names the streams, but not what is inside. docs/api.md does, under "Streams". */

/** One line of a deployment's log, as the feed carries it. */
export interface TracedStep {
  id: number;
  at: string;
  state: string;
  text: string;
  deploymentId: string;
  project: string;
  stage: string;
}

/** One measurement of a container, as the feed carries it. */
export interface MeasuredInstance {
  instanceId: string;
  at: string;
  /** Of one processor: two that are busy are 200. Null: there is nothing yet to compare with. */
  cpuPercent: number | null;
  memoryBytes: number;
  /** Of the container, or of the whole host. */
  memoryLimitBytes: number;
}

/** One line that a container wrote. */
export interface LoggedLine {
  at: string | null;
  stream: 'stdout' | 'stderr';
  text: string;
  /** The line was too long; this is its beginning. */
  cut: boolean;
}

/** The end of a container's log; with a problem, it could not be read on. */
export interface LogEnd {
  problem: string | null;
}
