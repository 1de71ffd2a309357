import { Engine } from './engine';
import { pageEnvironment, type Environment } from './environment';
import type { Job, JobSpec } from './job';
import { whenOver } from './phase';
import { ASKED } from './policy';
import type { Keeping } from './restored';

/** A job that is ready to `start`, or that rests where its journal says. Nothing is read or sent before that. */
export function createJob<Item>(
  spec: JobSpec<Item>,
  environment: Environment = pageEnvironment,
  keeping: Keeping = {},
): Job {
  const engine = new Engine(spec, environment, keeping);
  return {
    id: engine.id,
    subscribe: engine.publisher.subscribe,
    getSnapshot: engine.publisher.getSnapshot,
    columns: () => engine.itemIndex.columns,
    row: (index) => engine.row(index),
    indexes: (statuses) => engine.ledger.indexes(statuses),
    start: () => engine.start(),
    pause: () => engine.pause(ASKED),
    resume: () => engine.resume(),
    stop: () => engine.stop(),
    retryFailed: () => engine.retryFailed(),
    verifyUnknown: () => engine.verifyUnknown(),
    lookAgain: () => engine.lookAgain(),
    settled: () => whenOver(engine.publisher),
  };
}
