/** The page's side of the measurements, and what goes to and fro. */
import type { Tensor } from 'wasm-pooling';
import type { Settings } from './settings.ts';

export type Contender = 'bytes' | 'wasm' | 'ts' | 'tfjs-wasm' | 'tfjs-cpu';

export type Request =
  | { readonly kind: 'picture'; readonly picture: Tensor<Float32Array> }
  | { readonly kind: 'measure'; readonly id: number; readonly settings: Settings }
  | { readonly kind: 'load' };

/** One contender's time, or why it has none. */
export interface Outcome {
  readonly id: number;
  readonly contender: Contender;
  readonly ms?: number;
  /** Whether the result is that of the others. */
  readonly same?: boolean;
  readonly reason?: string;
}

export type Measurement =
  | Outcome
  | { readonly id: number; readonly done: true }
  | { readonly loaded: boolean; readonly reason?: string };

/** Measures in a worker; a request replaces the one before. */
export class Measurements {
  readonly #worker = new Worker(new URL('./measure.worker.ts', import.meta.url), { type: 'module' });
  #id = 0;
  #loaded: ((measurement: { loaded: boolean; reason?: string }) => void) | undefined;

  constructor(onOutcome: (outcome: Outcome) => void, onDone: () => void) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Measurement>) => {
      if ('loaded' in data) this.#loaded?.(data);
      else if (data.id !== this.#id) return;
      else if ('done' in data) onDone();
      else onOutcome(data);
    });
  }

  picture(image: ImageData): void {
    const picture = { data: new Float32Array(image.data), shape: [image.height, image.width, 4] };
    this.#post({ kind: 'picture', picture }, [picture.data.buffer]);
  }

  measure(settings: Settings): void {
    this.#id++;
    this.#post({ kind: 'measure', id: this.#id, settings });
  }

  /** Loads TensorFlow.js, which takes part from then on. */
  async load(): Promise<void> {
    const { loaded, reason } = await new Promise<{ loaded: boolean; reason?: string }>((resolve) => {
      this.#loaded = resolve;
      this.#post({ kind: 'load' });
    });
    if (!loaded) throw new Error(reason);
  }

  #post(request: Request, transfer: Transferable[] = []): void {
    this.#worker.postMessage(request, transfer);
  }
}
