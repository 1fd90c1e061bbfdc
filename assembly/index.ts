// Exports only: one line per (kernel, op, dtype). The names are those of src/backends/paths.ts.
import { Avg, Max, MaxIgnoringNaN, MaxUnlessNaN } from './ops';
import { Plan } from './plan';
import { channels } from './channels';
import { Three1, Three2, Two1, Two2 } from './columns';
import { planes } from './planes';
import { sliding } from './sliding';
import { pool } from './universal';
import { whole } from './whole';

export function universal_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f32, f32, Max<f32>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_max_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f64, f64, Max<f64>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f32, f32, MaxIgnoringNaN<f32>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_maxIgnoringNaN_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f64, f64, MaxIgnoringNaN<f64>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f32, f32, Avg<f32>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_avg_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f64, f64, Avg<f64>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_avg_f32_wide(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f32, f64, Avg<f64>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }

export function planes_2s2_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, MaxUnlessNaN<f32>, Two2>(plan, x, y, scratch, from, to); }
export function planes_3s2_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, MaxUnlessNaN<f32>, Three2>(plan, x, y, scratch, from, to); }
export function planes_2s1_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, MaxUnlessNaN<f32>, Two1>(plan, x, y, scratch, from, to); }
export function planes_3s1_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, MaxUnlessNaN<f32>, Three1>(plan, x, y, scratch, from, to); }
export function planes_2s2_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, Avg<f32>, Two2>(plan, x, y, scratch, from, to); }
export function planes_3s2_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, Avg<f32>, Three2>(plan, x, y, scratch, from, to); }
export function planes_2s1_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, Avg<f32>, Two1>(plan, x, y, scratch, from, to); }
export function planes_3s1_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, Avg<f32>, Three1>(plan, x, y, scratch, from, to); }
export function planes_2s2_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, MaxIgnoringNaN<f32>, Two2>(plan, x, y, scratch, from, to); }
export function planes_3s2_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, MaxIgnoringNaN<f32>, Three2>(plan, x, y, scratch, from, to); }
export function planes_2s1_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, MaxIgnoringNaN<f32>, Two1>(plan, x, y, scratch, from, to); }
export function planes_3s1_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return planes<f32, f32, MaxIgnoringNaN<f32>, Three1>(plan, x, y, scratch, from, to); }
export function channels_2x2_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return channels<f32, MaxUnlessNaN<f32>, Two2>(plan, x, y, from, to); }
export function channels_3x3_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return channels<f32, MaxUnlessNaN<f32>, Three2>(plan, x, y, from, to); }
export function channels_2x2_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return channels<f32, MaxIgnoringNaN<f32>, Two2>(plan, x, y, from, to); }
export function channels_3x3_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return channels<f32, MaxIgnoringNaN<f32>, Three2>(plan, x, y, from, to); }
export function channels_2x2_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return channels<f32, Avg<f32>, Two2>(plan, x, y, from, to); }
export function channels_3x3_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return channels<f32, Avg<f32>, Three2>(plan, x, y, from, to); }
export function sliding_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return sliding<f32, f32, MaxUnlessNaN<f32>>(plan, x, y, scratch, from, to); }
export function sliding_max_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return sliding<f64, f64, Max<f64>>(plan, x, y, scratch, from, to); }
export function sliding_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return sliding<f32, f32, MaxIgnoringNaN<f32>>(plan, x, y, scratch, from, to); }
export function sliding_maxIgnoringNaN_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return sliding<f64, f64, MaxIgnoringNaN<f64>>(plan, x, y, scratch, from, to); }
export function sliding_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return sliding<f32, f64, Avg<f64>>(plan, x, y, scratch, from, to); }
export function sliding_avg_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return sliding<f64, f64, Avg<f64>>(plan, x, y, scratch, from, to); }
export function sliding_max_f32_exact(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return sliding<f32, f32, Max<f32>>(plan, x, y, scratch, from, to); }
export function whole_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return whole<f32, f32, Max<f32>>(plan, x, y, from, to); }
export function whole_max_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return whole<f64, f64, Max<f64>>(plan, x, y, from, to); }
export function whole_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return whole<f32, f32, MaxIgnoringNaN<f32>>(plan, x, y, from, to); }
export function whole_maxIgnoringNaN_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return whole<f64, f64, MaxIgnoringNaN<f64>>(plan, x, y, from, to); }
export function whole_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return whole<f32, f64, Avg<f64>>(plan, x, y, from, to); }
export function whole_avg_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 { return whole<f64, f64, Avg<f64>>(plan, x, y, from, to); }
