// Exports only: one line per (kernel, op, dtype). The names are those of src/backends/paths.ts.
import { Avg, Max, MaxIgnoringNaN } from './ops';
import { Plan } from './plan';
import { pool } from './universal';

export function universal_max_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f32, f32, Max<f32>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_max_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f64, f64, Max<f64>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_maxIgnoringNaN_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f32, f32, MaxIgnoringNaN<f32>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_maxIgnoringNaN_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f64, f64, MaxIgnoringNaN<f64>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_avg_f32(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f32, f32, Avg<f32>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_avg_f64(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f64, f64, Avg<f64>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
export function universal_avg_f32_wide(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32, tapFrom: i32, tapTo: i32): i32 { return pool<f32, f64, Avg<f64>>(plan, x, y, scratch, from, to, tapFrom, tapTo); }
