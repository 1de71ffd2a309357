import { describe, expect, it } from 'vitest';
import { limitTo } from './at-most';

/** Work that ends when told. */
function makeWork() {
  const started: string[] = [];
  const enders = new Map<string, (fails?: boolean) => void>();
  const work = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve, reject) => {
      enders.set(name, (fails) => (fails ? reject(new Error(name)) : resolve(name)));
    });
  };
  return { started, work, end: (name: string, fails = false) => enders.get(name)?.(fails) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const { signal } = new AbortController();

describe('at most so many at once', () => {
  it('never runs more than so many at once, and takes the latest first', async () => {
    const whenFree = limitTo(2);
    const { started, work, end } = makeWork();
    const all = ['a', 'b', 'c', 'd'].map((name) => whenFree(work(name), signal));
    await settled();
    expect(started).toEqual(['a', 'b']);
    end('a');
    await settled();
    expect(started).toEqual(['a', 'b', 'd']);
    end('b');
    end('d');
    await settled();
    end('c');
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('frees the place of what fails', async () => {
    const whenFree = limitTo(1);
    const { started, work, end } = makeWork();
    const first = whenFree(work('a'), signal);
    const second = whenFree(work('b'), signal);
    await settled();
    end('a', true);
    await expect(first).rejects.toThrow('a');
    await settled();
    expect(started).toEqual(['a', 'b']);
    end('b');
    expect(await second).toBe('b');
  });

  it('starts nothing that was given up while it waited', async () => {
    const whenFree = limitTo(1);
    const { started, work, end } = makeWork();
    const control = new AbortController();
    const first = whenFree(work('a'), signal);
    const second = whenFree(work('b'), control.signal);
    await settled();
    control.abort(new Error('scrolled away'));
    end('a');
    await first;
    await expect(second).rejects.toThrow('scrolled away');
    expect(started).toEqual(['a']);
  });
});
