// Pooling in C++ with vectors of 128 bits, written by hand: what the machine allows a program that is compiled ahead and
// may use what WebAssembly may use. Maxima drop no NaN unseen: as in our kernels, what a maximum may drop is added up, and a
// sum that is a number is a proof. Float32, two axes, square windows.
//
//   pooling max|avg|avg-padded first|last N C H W K S P INPUT OUTPUT ROUNDS TURN_MS
//
// reads N*C*H*W floats from INPUT, writes the result to OUTPUT, times itself in turns with a memcpy of as many bytes, and
// prints the medians and minima, in milliseconds, as JSON; or `null` where it has no such pooling. `avg-padded` counts padding.
#include <smmintrin.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

using std::vector;
using Vector = __m128;

static Vector load(const float* p) { return _mm_loadu_ps(p); }
static void store(float* p, Vector v) { _mm_storeu_ps(p, v); }
static Vector evens(Vector a, Vector b) { return _mm_shuffle_ps(a, b, 0x88); }
static Vector odds(Vector a, Vector b) { return _mm_shuffle_ps(a, b, 0xdd); }
/** The lanes of a and b, which follows, from lane N of a. */
template <int N>
static Vector from(Vector a, Vector b) {
  return _mm_castsi128_ps(_mm_alignr_epi8(_mm_castps_si128(b), _mm_castps_si128(a), 4 * N));
}

/** What maxima may have dropped, added up: loops keep a sum of their own, which compilers keep in a register. */
static Vector observed = _mm_setzero_ps();

struct Max {
  static constexpr bool divides = false;
  static float identity() { return -INFINITY; }
  static float fold(float a, float b) { return a < b || b != b ? b : a; }
  /** Keeps a NaN of a, drops one of b. */
  static Vector fold(Vector a, Vector b) { return _mm_max_ps(b, a); }
  static Vector dropped(Vector a, Vector b) { return _mm_add_ps(a, b); }
};

struct Sum {
  static constexpr bool divides = true;
  static float identity() { return 0; }
  static float fold(float a, float b) { return a + b; }
  static Vector fold(Vector a, Vector b) { return _mm_add_ps(a, b); }
  static Vector dropped(Vector a, Vector) { return a; }
};

struct Shape {
  int n, c, h, w, k, s, p;
  bool countsPadding;
  int high() const { return (h + 2 * p - k) / s + 1; }
  int wide() const { return (w + 2 * p - k) / s + 1; }
};

/** Rows and columns of a window that are not padding. */
struct Span {
  int begin, end;
  Span(int at, int size, const Shape& g) : begin(std::max(0, at * g.s - g.p)), end(std::min(size, at * g.s - g.p + g.k)) {}
  int size() const { return end - begin; }
};

/** What the sum of a window is divided by. */
static float taps(const Shape& g, const Span& tall, const Span& broad) {
  return g.countsPadding ? g.k * g.k : tall.size() * broad.size();
}

// Channels first, 2x2 and 3x3.

/** A vector of each of K rows from a column on, folded. Rows are variables: an array would be read anew after each store. */
template <class Op, int K>
struct Down {
  const float *first, *second, *third;
  Vector operator()(int column, Vector& dropped) const {
    const Vector b = load(second + column);
    Vector m = Op::fold(load(first + column), b);
    dropped = b;
    if (K == 3) {
      const Vector c = load(third + column);
      m = Op::fold(m, c);
      dropped = Op::dropped(dropped, c);
    }
    return m;
  }
};

/** `count` results, a multiple of 4, of windows that begin at `column`, S apart, none of which is cut off; adds to `seen`. */
template <class Op, int K, int S>
static inline Vector along(const float* const* rows, int column, float* out, int count, Vector divisor, Vector seen) {
  const auto finish = [&](float* to, Vector v) { store(to, Op::divides ? _mm_div_ps(v, divisor) : v); };
  const Down<Op, K> down{rows[0], rows[1], rows[2]};
  Vector d0, d1;
  if (S == 1) {
    Vector m = down(column, d0);
    for (int j = 0; j < count; j += 4) {
      const Vector next = down(column + j + 4, d1);
      const Vector second = from<1>(m, next);
      Vector v = Op::fold(m, second);
      Vector dropped = Op::dropped(d1, second);
      if (K == 3) {
        const Vector third = from<2>(m, next);
        v = Op::fold(v, third);
        dropped = Op::dropped(dropped, third);
      }
      seen = Op::dropped(seen, dropped);
      finish(out + j, v);
      m = next;
    }
    seen = Op::dropped(seen, d0);
  } else if (K == 2) {
    for (int j = 0; j < count; j += 4) {
      const Vector m0 = down(column + 2 * j, d0);
      const Vector m1 = down(column + 2 * j + 4, d1);
      const Vector odd = odds(m0, m1);
      seen = Op::dropped(seen, Op::dropped(Op::dropped(d0, d1), odd));
      finish(out + j, Op::fold(evens(m0, m1), odd));
    }
  } else {
    Vector m0 = down(column, d0), m1 = down(column + 4, d1);
    seen = Op::dropped(seen, Op::dropped(d0, d1));
    Vector even = evens(m0, m1), odd = odds(m0, m1);
    for (int j = 0; j < count; j += 4) {
      m0 = down(column + 2 * j + 8, d0);
      m1 = down(column + 2 * j + 12, d1);
      const Vector nextEven = evens(m0, m1), nextOdd = odds(m0, m1);
      const Vector third = from<1>(even, nextEven);
      seen = Op::dropped(seen, Op::dropped(Op::dropped(d0, d1), Op::dropped(odd, third)));
      finish(out + j, Op::fold(Op::fold(even, odd), third));
      even = nextEven;
      odd = nextOdd;
    }
  }
  return seen;
}

/** Two rows of results of 3x3 windows, a row apart: of their four rows, two are in both. */
template <class Op>
static inline Vector alongPair(const float* const* rows, int column, float* out, int wide, int count, const Vector* divisors,
                               Vector seen) {
  const Down<Op, 2> both{rows[1], rows[2], nullptr};
  const float *above = rows[0], *below = rows[3];
  const auto finish = [](float* to, Vector v, Vector divisor) { store(to, Op::divides ? _mm_div_ps(v, divisor) : v); };
  const Vector divisor0 = divisors[0], divisor1 = divisors[1];
  Vector dropped;
  const auto fold = [&](int at, Vector& upper, Vector& lower) {
    const Vector middle = both(at, dropped), first = load(above + at), fourth = load(below + at);
    upper = Op::fold(middle, first);
    lower = Op::fold(middle, fourth);
    dropped = Op::dropped(dropped, Op::dropped(first, fourth));
  };
  Vector upper, lower, nextUpper, nextLower;
  fold(column, upper, lower);
  seen = Op::dropped(seen, dropped);
  for (int j = 0; j < count; j += 4) {
    fold(column + j + 4, nextUpper, nextLower);
    const Vector upper1 = from<1>(upper, nextUpper), upper2 = from<2>(upper, nextUpper);
    const Vector lower1 = from<1>(lower, nextLower), lower2 = from<2>(lower, nextLower);
    finish(out + j, Op::fold(Op::fold(upper, upper1), upper2), divisor0);
    finish(out + wide + j, Op::fold(Op::fold(lower, lower1), lower2), divisor1);
    seen = Op::dropped(seen, Op::dropped(dropped, Op::dropped(Op::dropped(upper1, upper2), Op::dropped(lower1, lower2))));
    upper = nextUpper;
    lower = nextLower;
  }
  return seen;
}

template <class Op, int K, int S>
static void planes(const Shape& g, const float* x, float* y) {
  const int high = g.high(), wide = g.wide();
  // Results whose windows lose no column.
  const int first = (g.p + S - 1) / S, last = std::min(wide, (g.w + g.p - K) / S + 1), whole = (last - first) & ~3;
  // The last vector of a row begins among the results of the one before it.
  const bool overlaps = last - first >= 4 && whole < last - first;
  const vector<float> outside(g.w + 32, Op::identity());
  const float* const none = outside.data();
  Vector seen = _mm_setzero_ps();
  for (int plane = 0; plane < g.n * g.c; plane++) {
    const float* const in = x + size_t(plane) * g.h * g.w;
    float* const out = y + size_t(plane) * high * wide;
    const auto rowAt = [&](int at) { return at >= 0 && at < g.h ? in + at * g.w : none; };
    const auto divisorOf = [&](int i) { return _mm_set1_ps(K * (g.countsPadding ? K : Span(i, g.h, g).size())); };
    int i = 0;
    if (S == 1 && K == 3) {
      for (; i + 2 <= high; i += 2) {
        const float* rows[] = {rowAt(i - g.p), rowAt(i - g.p + 1), rowAt(i - g.p + 2), rowAt(i - g.p + 3)};
        const Vector divisors[] = {divisorOf(i), divisorOf(i + 1)};
        float* to = out + i * wide;
        seen = alongPair<Op>(rows, first - g.p, to + first, wide, whole, divisors, seen);
        if (overlaps) seen = alongPair<Op>(rows, last - 4 - g.p, to + last - 4, wide, 4, divisors, seen);
      }
    }
    for (; i < high; i++) {
      const float* rows[] = {rowAt(i * S - g.p), rowAt(i * S - g.p + 1), rowAt(i * S - g.p + K - 1)};
      float* to = out + i * wide;
      seen = along<Op, K, S>(rows, first * S - g.p, to + first, whole, divisorOf(i), seen);
      if (overlaps) seen = along<Op, K, S>(rows, (last - 4) * S - g.p, to + last - 4, 4, divisorOf(i), seen);
    }
    const auto one = [&](int i, int j) {
      const Span tall(i, g.h, g), broad(j, g.w, g);
      float v = Op::identity();
      for (int r = tall.begin; r < tall.end; r++)
        for (int q = broad.begin; q < broad.end; q++) v = Op::fold(v, in[r * g.w + q]);
      out[i * wide + j] = Op::divides ? v / taps(g, tall, broad) : v;
    };
    for (i = 0; i < high; i++) {
      for (int j = 0; j < first; j++) one(i, j);
      for (int j = overlaps ? last : first + whole; j < wide; j++) one(i, j);
    }
  }
  observed = Op::dropped(observed, seen);
}

// Channels last, 2x2 and 3x3, channels a multiple of 4.

template <class Op, int K>
static void wholeWindow(const float* in, int row, int column, int c, float* out) {
  const Vector divisor = _mm_set1_ps(K * K);
  Vector seen = _mm_setzero_ps();
  for (int q = 0; q < c; q += 4) {
    Vector v = load(in + q), dropped = _mm_setzero_ps();
    for (int r = 0; r < K; r++) {
      for (int t = 0; t < K; t++) {
        if (r + t == 0) continue;
        const Vector tap = load(in + r * row + t * column + q);
        v = Op::fold(v, tap);
        dropped = r + t == 1 && r == 0 ? tap : Op::dropped(dropped, tap);
      }
    }
    seen = Op::dropped(seen, dropped);
    store(out + q, Op::divides ? _mm_div_ps(v, divisor) : v);
  }
  observed = Op::dropped(observed, seen);
}

template <class Op, int K>
static void last(const Shape& g, const float* x, float* y) {
  const int high = g.high(), wide = g.wide(), row = g.w * g.c;
  Vector seen = _mm_setzero_ps();
  for (int image = 0; image < g.n; image++) {
    const float* in = x + size_t(image) * g.h * row;
    for (int i = 0; i < high; i++) {
      for (int j = 0; j < wide; j++) {
        const Span tall(i, g.h, g), broad(j, g.w, g);
        float* out = y + ((size_t(image) * high + i) * wide + j) * g.c;
        if (tall.size() == K && broad.size() == K) {
          wholeWindow<Op, K>(in + tall.begin * row + broad.begin * g.c, row, g.c, g.c, out);
          continue;
        }
        const Vector divisor = _mm_set1_ps(taps(g, tall, broad));
        for (int q = 0; q < g.c; q += 4) {
          Vector v = _mm_set1_ps(Op::identity());
          for (int r = tall.begin; r < tall.end; r++) {
            for (int t = broad.begin; t < broad.end; t++) {
              const Vector tap = load(in + r * row + t * g.c + q);
              v = Op::fold(v, tap);
              seen = Op::dropped(seen, tap);
            }
          }
          store(out + q, Op::divides ? _mm_div_ps(v, divisor) : v);
        }
      }
    }
  }
  observed = Op::dropped(observed, seen);
}

// Any window with a stride of 1, either layout: rows in blocks of K, of which any K that follow each other are an end of one
// block and a beginning of the next (van Herk 1992, Gil and Werman 1993); along a row, windows twice as wide from two.

template <class Op>
static void foldRow(const float* a, const float* b, float* to, int length) {
  Vector seen = _mm_setzero_ps();
  for (int i = 0; i < length; i += 4) {
    const Vector second = load(b + i);
    seen = Op::dropped(seen, second);
    store(to + i, Op::fold(load(a + i), second));
  }
  observed = Op::dropped(observed, seen);
}

template <class Op>
static void sliding(const Shape& g, const float* x, float* y, bool channelsLast) {
  const int step = channelsLast ? g.c : 1, count = channelsLast ? g.n : g.n * g.c;
  const int high = g.high(), wide = g.wide() * step, row = g.w * step, pad = g.p * step, reach = g.k * step;
  const int stored = row + 4;
  vector<float> ends(size_t(g.k) * stored), begins(stored), line(row + 2 * pad + 2 * reach + 16), parts(line.size());
  const vector<float> outside(stored, Op::identity());
  const auto rowAt = [&](const float* in, int at) { return at >= 0 && at < g.h ? in + size_t(at) * row : outside.data(); };
  for (int plane = 0; plane < count; plane++) {
    const float* in = x + size_t(plane) * g.h * row;
    for (int block = 0; block < high; block += g.k) {
      std::copy_n(rowAt(in, block - g.p + g.k - 1), row, &ends[size_t(g.k - 1) * stored]);
      for (int i = g.k - 2; i >= 0; i--)
        foldRow<Op>(&ends[size_t(i + 1) * stored], rowAt(in, block - g.p + i), &ends[size_t(i) * stored], row);
      for (int i = 0; i < g.k && block + i < high; i++) {
        std::fill(line.begin(), line.end(), Op::identity());
        if (i == 0) {
          std::copy_n(ends.begin(), row, line.begin() + pad);
        } else {
          const float* next = rowAt(in, block - g.p + g.k - 1 + i);
          if (i == 1) std::copy_n(next, row, begins.begin());
          else foldRow<Op>(begins.data(), next, begins.data(), row);
          foldRow<Op>(&ends[size_t(i) * stored], begins.data(), &line[pad], row);
          std::fill(line.begin() + pad + row, line.end(), Op::identity());
        }
        float* out = y + (size_t(plane) * high + block + i) * wide;
        const int length = wide + reach;
        int width = 1;
        if (!Op::divides) {
          for (; 2 * width <= g.k; width *= 2) foldRow<Op>(line.data(), &line[width * step], line.data(), length - width * step);
          const float* rest = &line[(g.k - width) * step];
          int j = 0;
          for (; j + 4 <= wide; j += 4) store(out + j, Op::fold(load(&line[j]), load(rest + j)));
          for (; j < wide; j++) out[j] = Op::fold(line[j], rest[j]);
          continue;
        }
        // Sums of the window's binary digits, each behind the one before.
        std::fill(parts.begin(), parts.end(), 0);
        for (int behind = 0;; width *= 2) {
          if (g.k & width) {
            foldRow<Op>(parts.data(), &line[behind * step], parts.data(), wide);
            behind += width;
          }
          if (2 * width > g.k) break;
          foldRow<Op>(line.data(), &line[width * step], line.data(), length - width * step);
        }
        const Span tall(block + i, g.h, g);
        for (int j = 0; j < wide; j++) out[j] = parts[j] / taps(g, tall, Span(j / step, g.w, g));
      }
    }
  }
}

template <class Op>
static std::function<void(const float*, float*)> kernelOf(const Shape& g, bool channelsLast) {
  const auto with = [&](void (*kernel)(const Shape&, const float*, float*)) {
    return [g, kernel](const float* x, float* y) { kernel(g, x, y); };
  };
  if (channelsLast && g.c % 4 == 0 && g.k == 2) return with(last<Op, 2>);
  if (channelsLast && g.c % 4 == 0 && g.k == 3) return with(last<Op, 3>);
  if (!channelsLast && g.k == 2 && g.s == 1) return with(planes<Op, 2, 1>);
  if (!channelsLast && g.k == 2 && g.s == 2) return with(planes<Op, 2, 2>);
  if (!channelsLast && g.k == 3 && g.s == 1) return with(planes<Op, 3, 1>);
  if (!channelsLast && g.k == 3 && g.s == 2) return with(planes<Op, 3, 2>);
  if (g.s == 1) return [g, channelsLast](const float* x, float* y) { sliding<Op>(g, x, y, channelsLast); };
  return nullptr;
}

using Clock = std::chrono::steady_clock;

static double milliseconds(const std::function<void()>& task, int calls) {
  const auto begin = Clock::now();
  for (int i = 0; i < calls; i++) task();
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count() / calls;
}

int main(int argc, char** args) {
  if (argc != 14) return 2;
  const auto number = [&](int i) { return std::atoi(args[i]); };
  const std::string op = args[1];
  const bool channelsLast = std::string(args[2]) == "last";
  const Shape g{number(3), number(4), number(5), number(6), number(7), number(8), number(9), op == "avg-padded"};
  const auto kernel = op == "max" ? kernelOf<Max>(g, channelsLast) : kernelOf<Sum>(g, channelsLast);
  if (!kernel) {
    std::puts("null");
    return 0;
  }
  const size_t read = size_t(g.n) * g.c * g.h * g.w, written = size_t(g.n) * g.c * g.high() * g.wide();
  // Vectors are read beyond the end of the last row.
  vector<float> x(read + 64), y(written + 64), source((read + written) / 2, 1), target((read + written) / 2, 2);
  FILE* input = std::fopen(args[10], "rb");
  if (!input || std::fread(x.data(), 4, read, input) != read) return 1;
  std::fclose(input);
  kernel(x.data(), y.data());
  FILE* output = std::fopen(args[11], "wb");
  if (!output || std::fwrite(y.data(), 4, written, output) != written) return 1;
  std::fclose(output);

  const struct {
    const char* name;
    std::function<void()> task;
  } tasks[] = {{"call", [&] { kernel(x.data(), y.data()); }},
               {"copy", [&] { std::memcpy(target.data(), source.data(), 4 * source.size()); }}};
  vector<double> samples[2];
  for (int round = 0; round < number(12); round++) {
    for (int i = 0; i < 2; i++) {
      const int calls = std::max(1, int(0.2 / milliseconds(tasks[i].task, 1)));
      const auto end = Clock::now() + std::chrono::milliseconds(number(13));
      do samples[i].push_back(milliseconds(tasks[i].task, calls));
      while (Clock::now() < end);
    }
  }
  float sums[4];
  store(sums, observed);
  std::fprintf(stderr, "%g\n", sums[0] + sums[1] + sums[2] + sums[3]);
  for (int i = 0; i < 2; i++) {
    auto& of = samples[i];
    std::sort(of.begin(), of.end());
    std::printf("%s\"%s\":{\"median\":%.9g,\"p25\":%.9g,\"min\":%.9g,\"samples\":%zu}%s", i ? "" : "{", tasks[i].name,
                of[of.size() / 2], of[of.size() / 4], of[0], of.size(), i ? "}\n" : ",");
  }
}
