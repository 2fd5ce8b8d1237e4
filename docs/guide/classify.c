/* Runs the compiled network 'digits' on the first images of a .npy file and prints the class of
 * each. */
#include "digits.h"
#include <stdio.h>
#include <stdlib.h>

enum { pixels = 64, classes = 10, steps = 25 };

/* The class with the most spikes, the lowest of several. */
static int classify(digits *network, const float *image) {
  int counts[classes] = {0}, best = 0;
  digits_reset(network);
  for (int i = 0; i < pixels; ++i)
    digits_input_input(network)[i] = image[i];
  for (int t = 0; t < steps; ++t) {
    digits_step(network);
    for (int k = 0; k < classes; ++k)
      counts[k] += digits_lif2_spikes(network)[k];
  }
  for (int k = 1; k < classes; ++k)
    if (counts[k] > counts[best])
      best = k;
  return best;
}

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  digits *network = digits_create();
  unsigned char head[10];
  float image[pixels];
  if (!file || !network || fread(head, 1, sizeof head, file) != sizeof head) {
    fprintf(stderr, "usage: classify IMAGES.npy COUNT\n");
    return 1;
  }
  /* The header of a .npy file says in its bytes 8 and 9 how long the rest of it is. */
  fseek(file, head[8] + 256L * head[9], SEEK_CUR);
  for (int n = atoi(argv[2]); n > 0 && fread(image, sizeof *image, pixels, file) == pixels; --n)
    printf("%d\n", classify(network, image));
  digits_destroy(network);
  fclose(file);
  return 0;
}
