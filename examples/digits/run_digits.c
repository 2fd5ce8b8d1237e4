/* Runs the compiled network on all images of a file and prints the spikes of each output neuron, a
 * line an image.
 *
 *   engram compile examples/digits/digits.nir -o digits.so
 *   cc -std=c99 -I. examples/digits/run_digits.c digits.so -Wl,-rpath,. -lm -o run_digits
 *   ./run_digits examples/digits/digits_test_images.npy
 *
 * Two instances take turns, to show that they know nothing of each other. */
#include "digits.h"
#include <stdio.h>
#include <string.h>

enum { STEPS = 25 };

/* Opens a .npy file of 32-bit floats behind its header; NULL if it is none. */
static FILE *open_images(const char *path) {
  unsigned char start[10];
  FILE *file = fopen(path, "rb");
  if (!file)
    return NULL;
  if (fread(start, 1, sizeof start, file) == sizeof start &&
      memcmp(start, "\x93NUMPY\x01", 7) == 0 &&
      fseek(file, start[8] + 256 * start[9], SEEK_CUR) == 0)
    return file;
  fclose(file);
  return NULL;
}

/* Counts the output spikes of one image. */
static void classify(digits *network, const float *image, int counts[DIGITS_LIF2_SPIKES_SIZE]) {
  const uint8_t *spikes = digits_lif2_spikes(network);
  double *input = digits_input_input(network);
  digits_reset(network);
  for (int i = 0; i < DIGITS_INPUT_INPUT_SIZE; ++i)
    input[i] = image[i];
  memset(counts, 0, DIGITS_LIF2_SPIKES_SIZE * sizeof counts[0]);
  for (int step = 0; step < STEPS; ++step) {
    digits_step(network);
    for (int i = 0; i < DIGITS_LIF2_SPIKES_SIZE; ++i)
      counts[i] += spikes[i];
  }
}

int main(int argc, char **argv) {
  float image[DIGITS_INPUT_INPUT_SIZE];
  int counts[DIGITS_LIF2_SPIKES_SIZE], status = 1;
  FILE *images = argc == 2 ? open_images(argv[1]) : NULL;
  digits *networks[2];
  networks[0] = digits_create();
  networks[1] = digits_create();
  if (digits_layout() != DIGITS_LAYOUT)
    fprintf(stderr, "the library is not the one of this header\n");
  else if (!images || !networks[0] || !networks[1])
    fprintf(stderr, "usage: run_digits IMAGES.npy\n");
  else {
    for (int n = 0;
         fread(image, sizeof image[0], DIGITS_INPUT_INPUT_SIZE, images) == DIGITS_INPUT_INPUT_SIZE;
         ++n) {
      classify(networks[n % 2], image, counts);
      for (int i = 0; i < DIGITS_LIF2_SPIKES_SIZE; ++i)
        printf("%d%c", counts[i], i + 1 < DIGITS_LIF2_SPIKES_SIZE ? ' ' : '\n');
      if (digits_steps(networks[n % 2]) != STEPS)
        return 1;
    }
    status = 0;
  }
  if (images)
    fclose(images);
  digits_destroy(networks[0]);
  digits_destroy(networks[1]);
  return status;
}
