// Exports only: every kernel, in the module that is served.
export * from './gradients';
export * from './poolings';
