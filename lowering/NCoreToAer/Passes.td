// Passes from a mapping to keys and routing tables.
#ifndef ENGRAM_NCORETOAER_PASSES_TD
#define ENGRAM_NCORETOAER_PASSES_TD

include "mlir/Pass/PassBase.td"

def AllocateKeysPass : Pass<"aer-allocate-keys", "::mlir::ModuleOp"> {
  let summary = "give each neuron a routing key";
  let description = [{
    Makes an `aer.keys` for each mapping of the module, with a block of keys for each slice and source: application |
    population | core | atom. A block is the least power of two that holds the slice, aligned to itself. The blocks of a
    population lie side by side, those of near cores next to each other where the cores are placed, so that routers can
    serve several with one entry. Populations start at powers of two too, as long as the bits of the target's keys
    suffice (`key_bits`, at most 62); where they do not, blocks are packed without gaps. If even that is too much, the
    pass fails and says need and limit.

    ```mlir
    ncore.mapping @map of @net {
      host [@input] at [0, 0]
      core @c0 at [0, 0, 0] { slice @exc [0, 128] }
      core @c1 at [0, 0, 1] { slice @exc [128, 200] }
    }
    ```
    gets, with 50 neurons of `@input`,
    ```mlir
    aer.keys @keys of @map {
      block @input key 0x00000100 mask 0xffffffc0
      block @exc on @c0 key 0x00000000 mask 0xffffff80
      block @exc on @c1 key 0x00000080 mask 0xffffff80
    }
    ```

    Keys and routes that a mapping has already are replaced.
  }];
  let options = [
    Option<"application", "application", "uint64_t", "0", "topmost bits of all keys">,
    Option<"applicationBits", "application-bits", "unsigned", "0", "how many bits these are">];
  let dependentDialects = ["::engram::aer::AerDialect"];
}

def RoutePass : Pass<"aer-route", "::mlir::ModuleOp"> {
  let summary = "route the spikes of each slice to the cores that need them";
  let description = [{
    Makes an `aer.routes` for each mapping with keys. A slice's spikes go to the cores that hold the target of at least
    one synapse with a weight other than 0 of at least one of its neurons: from the connector's expansion, from its law
    where all pairs are joined, and to all cores of the target population where a random connector would take more than
    `draws` random numbers. If a table needs more routes than `table_entries` so, and could not be made small enough by
    any means, all random connectors count as that large; `aer.draws` on the result says so.

    The packets of a slice follow a tree. `dimension` walks from the source to each destination along x, then y, on a
    hexagonal grid along the longest dimension first. `ner` (Navaridas et al. 2015) starts from the router nearest to
    the destination that is in the tree already, which makes shorter trees; on a mesh, though, only `dimension` is free
    of circular waits, so `auto` takes it there and `ner` on hexagonal grids. Absent routers and dead links are walked
    around on a shortest path from the tree.

    Entries come in the order of keys and do not overlap. `merge` lets one serve several blocks with the same route:
    `none`; `exact`, if it covers no other block; `reaching`, if it covers no other block whose packets come to the
    router. With `default-routes` (`auto`: on hexagonal grids, as SpiNNaker's routers do it), routers that only pass
    packets straight on have no entry.

    `aer.traffic` on the result says what links carry, in packets a second. Rates come from where `ncore-partition` takes
    them: `neuro.rates`, else the recording `rates`, else what a source or a graded output says, else `rate`.

    Tables that have more entries than the target holds (`table_entries`) are an error that lists them all, unless
    `overfull` is set.

    ```mlir
    aer.keys @keys of @map {
      block @a on @c0 key 0x00000000 mask 0xfffffffc
      block @b on @c1 key 0x00000004 mask 0xfffffffc
    }
    ```
    gets, if `@a` on core [0, 0, 0] projects to `@b` on core [2, 0, 1],
    ```mlir
    aer.routes @routes of @map {
      table at [0, 0] { entry key 0x00000000 mask 0xfffffffc links [0] }
      table at [1, 0] { entry key 0x00000000 mask 0xfffffffc links [0] }
      table at [2, 0] { entry key 0x00000000 mask 0xfffffffc cores [1] }
    }
    ```
  }];
  let options = [
    Option<"method", "method", "std::string", "\"auto\"", "auto, dimension or ner">,
    Option<"radius", "radius", "int64_t", "20", "how far 'ner' looks for the tree">,
    Option<"defaultRoutes", "default-routes", "std::string", "\"auto\"", "auto, on or off">,
    Option<"merge", "merge", "std::string", "\"exact\"", "none, exact or reaching">,
    Option<"draws", "draws", "int64_t", "10000000", "random numbers that a connector may take">,
    Option<"rates", "rates", "std::string", "", "a recording of spikes to take rates from">,
    Option<"rate", "rate", "double", "10.0", "spikes a second of a neuron that nothing else tells">,
    Option<"overfull", "overfull", "bool", "false", "allow tables beyond the target's entries">];
  let dependentDialects = ["::engram::aer::AerDialect"];
}

def MinimizeTablesPass : Pass<"aer-minimize-tables", "::mlir::ModuleOp"> {
  let summary = "make routing tables smaller without changing where packets go";
  let description = [{
    Replaces the entries of tables by fewer that do the same, in their order, with every packet that comes to the
    router: all tables beyond the target's `table_entries`, which are made as small as that, or with `all` every table,
    as small as can be.

    What comes to a router is found by following each block of keys from its router through the tables as they are. Keys
    of blocks that do not come by, and keys that no neuron has, may match any entry. With `default_routes`, what
    comes in on a link and leaves on the opposite one needs no entry; it may have one, so that an entry for others can
    cover it if that is its route. Packets that are lost stay lost. In bits in which all keys that the table routes
    agree, masks are 1.

    The search is described in `docs/mapping.md`. It starts from the smallest table of nested ranges (Draves et al.
    1999), from pair merging and from ordered covering (Mundy et al. 2016), and is never worse than any of them.
    `effort`, in millions of steps a table, says when it ends, so that the same input gives the same tables on all
    machines. Then each table is proved to route all demanded keys as before, by case distinction over the bits of keys
    (`prove`).

    A table that is still beyond the target's entries is an error, unless `overfull` is set. `aer.entries_before` on a
    changed table says how many entries it had.

    ```mlir
    table at [0, 0] {
      entry key 0x00000000 mask 0xfffffffc cores [0]
      entry key 0x00000004 mask 0xfffffffc cores [1]
      entry key 0x00000008 mask 0xfffffffc cores [0]
      entry key 0x0000000c mask 0xfffffffc cores [0]
    }
    ```
    becomes
    ```mlir
    table at [0, 0] attributes {aer.entries_before = 4 : i64} {
      entry key 0x00000004 mask 0xfffffffc cores [1]
      entry key 0x00000000 mask 0xfffffff0 cores [0]
    }
    ```
  }];
  let options = [
    Option<"effort", "effort", "uint64_t", "80", "millions of steps of the search, a table">,
    Option<"all", "all", "bool", "false", "also tables that the target has room for">,
    Option<"prove", "prove", "bool", "true", "prove each new table right">,
    Option<"overfull", "overfull", "bool", "false", "allow tables beyond the target's entries">];
  let dependentDialects = ["::engram::aer::AerDialect"];
}

#endif // ENGRAM_NCORETOAER_PASSES_TD
