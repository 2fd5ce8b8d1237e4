// Targets that break the rules ncore_t1 to ncore_t8 of docs/spec-ncore.md, or do not read.
// RUN: engram-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{a target has no field 'nuerons', did you mean 'neurons'}}
#t = #ncore.target<name = "t", grid = [1, 1], nuerons = 3>

// -----

// expected-error@+1 {{a target has no field 'colour'}}
#t = #ncore.target<name = "t", grid = [1, 1], colour = 3>

// -----

// expected-error@+1 {{'neurons' is given twice}}
#t = #ncore.target<name = "t", grid = [1, 1], neurons = 3, neurons = 3>

// -----

// expected-error@+1 {{expected 2 numbers in each element of 'absent', got 3}}
#t = #ncore.target<name = "t", grid = [1, 1], absent = [[0, 0, 0]]>

// -----

// expected-error@+1 {{expected integer value}}
#t = #ncore.target<name = "t", grid = [1, 1], neurons = "many">

// -----

// expected-error@+1 {{expected 'topology' to be mesh, torus, hexagonal or hexagonal_torus, got 'ring'}}
#t = #ncore.target<name = "t", grid = [1, 1], topology = ring>

// -----

// ncore_t1
// expected-error@+1 {{expected a target to have the field 'name'}}
#t = #ncore.target<grid = [1, 1]>

// -----

// ncore_t1
// expected-error@+1 {{expected a target to have the field 'grid'}}
#t = #ncore.target<name = "t">

// -----

// ncore_t1
// expected-error@+1 {{expected 'name' to be of letters, digits, '-', '_' and '.', got 'a b'}}
#t = #ncore.target<name = "a b", grid = [1, 1]>

// -----

// ncore_t2
// expected-error@+1 {{expected 'grid' to have 2 numbers, columns and rows, got 3}}
#t = #ncore.target<name = "t", grid = [1, 1, 1]>

// -----

// ncore_t2
// expected-error@+1 {{expected 'grid' to be from 1 to 1024, got 0}}
#t = #ncore.target<name = "t", grid = [0, 1]>

// -----

// ncore_t2
// expected-error@+1 {{expected 'neurons' to be from 0 to 1e+15, got -1}}
#t = #ncore.target<name = "t", grid = [1, 1], neurons = -1>

// -----

// ncore_t2
// expected-error@+1 {{expected 'weight_bits' to be from 1 to 64, got 65}}
#t = #ncore.target<name = "t", grid = [1, 1], weight_bits = [8, 65]>

// -----

// ncore_t2
// expected-error@+1 {{expected 'hop_seconds' to be from 0 to 1e+18, got -1}}
#t = #ncore.target<name = "t", grid = [1, 1], hop_seconds = -1>

// -----

// ncore_t3
// expected-error@+1 {{expected at most 4194304 cores, got 4294967296}}
#t = #ncore.target<name = "t", grid = [1024, 1024], cores_per_router = 4096>

// -----

// ncore_t4
// expected-error@+1 {{expected each place of 'absent' to be on the grid of 2 x 3, got (0, 3)}}
#t = #ncore.target<name = "t", grid = [2, 3], absent = [[0, 3]]>

// -----

// ncore_t4
// expected-error@+1 {{expected each place of 'dead_cores' to be on the grid of 2 x 3, got (2, 0)}}
#t = #ncore.target<name = "t", grid = [2, 3], dead_cores = [[2, 0, 0]]>

// -----

// ncore_t4
// expected-error@+1 {{expected each core of 'dead_cores' to be less than 4, got 4}}
#t = #ncore.target<name = "t", grid = [2, 3], cores_per_router = 4, dead_cores = [[1, 0, 4]]>

// -----

// ncore_t4
// expected-error@+1 {{expected each place of 'dead_links' to be on the grid of 2 x 3, got (2, 0)}}
#t = #ncore.target<name = "t", grid = [2, 3], dead_links = [[2, 0, 0]]>

// -----

// ncore_t4
// expected-error@+1 {{expected each link of 'dead_links' to be less than 4, got 4}}
#t = #ncore.target<name = "t", grid = [2, 3], dead_links = [[1, 0, 4]]>

// -----

// ncore_t5
// expected-error@+1 {{expected at least one core that works}}
#t = #ncore.target<name = "t", grid = [2, 1], absent = [[0, 0]], dead_cores = [[1, 0, 0]]>

// -----

// ncore_t6: by absent routers
// expected-error@+1 {{expected links to lead from router (0, 0) to router (2, 0)}}
#t = #ncore.target<name = "t", grid = [3, 1], absent = [[1, 0]]>

// -----

// ncore_t6: by dead links, each named from one end
// expected-error@+1 {{expected links to lead from router (0, 0) to router (1, 1)}}
#t = #ncore.target<name = "t", grid = [2, 2], dead_links = [[1, 1, 2], [1, 0, 1]]>

// -----

// ncore_t7
// expected-error@+1 {{expected 'synapse_word_bits' to hold a synapse of 36 bits, got 32}}
#t = #ncore.target<name = "t", grid = [1, 1], weight_bits = [16], synapse_overhead_bits = 20>

// -----

// ncore_t8
// expected-error@+1 {{expected 'max_delay' to be less than 'delay_slots', 16, got 16}}
#t = #ncore.target<name = "t", grid = [1, 1], delay_slots = 16, max_delay = 16>

// -----

// ncore_t8
// expected-error@+1 {{expected 'min_delay' to be at most the longest delay, 15, got 16}}
#t = #ncore.target<name = "t", grid = [1, 1], delay_slots = 16, min_delay = 16>
