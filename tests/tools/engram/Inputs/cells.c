/* Feeds cells.mlir a quarter and two a step, and counts the spikes of 50 steps. */
#include "cells.h"
#include <stdio.h>

int main(void) {
  cells *network = cells_create();
  if (!network)
    return 1;
  double *drive = cells_drive_input(network);
  drive[0] = 0.25;
  drive[1] = 2.0;
  int counts[2] = {0, 0};
  for (int step = 0; step < 50; ++step) {
    cells_step(network);
    for (int i = 0; i < 2; ++i)
      counts[i] += cells_counter_spikes(network)[i];
  }
  printf("%d %d\n", counts[0], counts[1]);
  cells_destroy(network);
  return 0;
}
