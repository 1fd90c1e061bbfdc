// The windows that there are kernels for, as constants at compile time.
export interface Columns {
  count(): i32;
  stride(): i32;
}
export class Two1 implements Columns {
  // @ts-ignore: decorator
  @inline
  count(): i32 {
    return 2;
  }
  // @ts-ignore: decorator
  @inline
  stride(): i32 {
    return 1;
  }
}
export class Two2 implements Columns {
  // @ts-ignore: decorator
  @inline
  count(): i32 {
    return 2;
  }
  // @ts-ignore: decorator
  @inline
  stride(): i32 {
    return 2;
  }
}
export class Three1 implements Columns {
  // @ts-ignore: decorator
  @inline
  count(): i32 {
    return 3;
  }
  // @ts-ignore: decorator
  @inline
  stride(): i32 {
    return 1;
  }
}
export class Three2 implements Columns {
  // @ts-ignore: decorator
  @inline
  count(): i32 {
    return 3;
  }
  // @ts-ignore: decorator
  @inline
  stride(): i32 {
    return 2;
  }
}

