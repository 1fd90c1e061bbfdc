/** Bars of times, as a table: what is drawn can be read, too. */
import type { Contender, Outcome } from './measure.ts';

const NAMES: Readonly<Record<Contender, readonly [string, string]>> = {
  bytes: ['wasm-pooling', 'WebAssembly, bytes'],
  wasm: ['wasm-pooling', 'WebAssembly, floats'],
  ts: ['wasm-pooling', 'TypeScript'],
  'tfjs-wasm': ['TensorFlow.js', 'WebAssembly'],
  'tfjs-cpu': ['TensorFlow.js', 'JavaScript'],
};

interface Bar {
  readonly row: HTMLTableRowElement;
  readonly fill: HTMLElement;
  readonly time: HTMLElement;
  readonly ratio: HTMLElement;
  outcome: Outcome | undefined;
}

export class Chart {
  readonly #bars = new Map<Contender, Bar>();

  constructor(body: HTMLElement) {
    for (const [contender, [who, how]] of Object.entries(NAMES) as [Contender, readonly [string, string]][]) {
      const row = document.createElement('tr');
      row.dataset.contender = contender;
      const name = make('th', 'who', who, make('small', '', how));
      name.scope = 'row';
      const fill = make('span', 'fill');
      const time = make('b', 'time', '–');
      const ratio = make('small', 'ratio', contender.startsWith('tfjs') ? 'not loaded' : '');
      row.append(name, make('td', 'bar', fill), make('td', 'number', time, ratio));
      body.append(row);
      this.#bars.set(contender, { row, fill, time, ratio, outcome: undefined });
    }
  }

  set(outcome: Outcome): void {
    const bar = this.#bars.get(outcome.contender);
    if (bar === undefined) return;
    bar.outcome = outcome;
    this.#draw();
  }

  /** Takes all times away, since they are of something else. */
  clear(): void {
    for (const bar of this.#bars.values()) {
      if (bar.outcome !== undefined) bar.ratio.textContent = '';
      bar.outcome = undefined;
    }
    this.#draw();
  }

  #draw(): void {
    const all = [...this.#bars.values()];
    const longest = Math.max(...all.map(({ outcome }) => outcome?.ms ?? 0));
    const first = this.#bars.get('wasm')?.outcome?.ms;
    for (const { row, fill, time, ratio, outcome } of all) {
      const ms = outcome?.ms;
      fill.style.transform = `scaleX(${ms === undefined ? 0 : ms / longest})`;
      row.classList.toggle('differs', outcome?.same === false);
      time.textContent = ms === undefined ? '–' : format(ms);
      if (outcome === undefined) continue;
      const times =
        ms === undefined || first === undefined || outcome.contender === 'wasm' ? '' : `${digits(ms / first)}×`;
      ratio.textContent = outcome.reason ?? (outcome.same ? times : `${times} another result`);
    }
  }
}

function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  className: string,
  ...content: (string | Node)[]
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...content);
  return made;
}

const digits = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** In milliseconds, or microseconds below one. */
function format(ms: number): string {
  if (ms >= 1) return `${ms >= 100 ? ms.toFixed(0) : ms.toPrecision(3)} ms`;
  const us = ms * 1000;
  return `${us >= 100 ? us.toFixed(0) : us.toPrecision(2)} µs`;
}
