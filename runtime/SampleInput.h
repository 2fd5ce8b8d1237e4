// What the external sources of a network get, sample by sample, from files of several kinds.
#pragma once

#include "runtime/Machine.h"
#include "runtime/Tensor.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engram {

/// The numbers of one external source. One sample at a time is in memory, where the file allows it.
class SampleInput {
public:
  virtual ~SampleInput() = default;

  virtual int64_t sampleCount() const = 0;
  /// Such as "60001" of "60001.bs2"; empty where samples have no names.
  virtual std::string sampleName(int64_t sample) const { return {}; }
  /// Makes a sample (0 .. sampleCount() - 1) the current one. Errors are those of its file.
  virtual Expected<void> load(int64_t sample) = 0;
  /// Length of the current sample; empty if it is held for as long as the run goes on.
  virtual std::optional<int64_t> steps() const = 0;
  /// The numbers of the source in a step of the current sample, valid until the next call; null,
  /// which means zeros, after its end.
  virtual const double *frame(int64_t step) = 0;
  /// How the input was read: "540 samples, held".
  virtual std::string description() const = 0;
};

/// What the axes of an array before those of the source mean.
enum class Layout {
  Automatic,
  Frame,        ///< none: one sample, held
  Samples,      ///< one axis: samples, each held
  Steps,        ///< one axis: the steps of one sample
  SamplesSteps, ///< two axes
};

struct InputOptions {
  Layout layout = Layout::Automatic;
  /// Steps a sample that the caller asked for.
  std::optional<int64_t> steps;
  double dtSeconds = 0;
  /// Window of an event file that becomes one step.
  int64_t frameUs = 1000;
};

/// The layout of an array for a source. The last axes are the source's shape, or one axis with all
/// its neurons, or none if the source is a single neuron; the first that fits counts. What is left
/// in front decides: nothing is one frame and two axes are (samples, steps). One axis is the steps
/// of one sample, but the samples where steps a sample are asked for; if it has just that many
/// entries, both would fit, which is an error that names '--layout'. Errors name 'file' and both
/// shapes.
Expected<Layout> resolveLayout(const std::string &file, const std::vector<int64_t> &array,
                               const SourceInfo &source, const InputOptions &options);

/// Opens the input of a source by the extension of its files: arrays (.npy; .csv, .tsv, .txt with a
/// row a frame), event files (.bs2, .bin; several or a folder of them are the samples; each window
/// is a step), and SONATA spikes (.h5; "file.h5:population" picks one, else the only one or that of
/// the source's name; a spike at time t is a 1 in step round(t / dt), several add up).
/// Errors: those of the files; a shape that does not fit; values that are not finite.
Expected<std::unique_ptr<SampleInput>> openInput(const SourceInfo &source,
                                                 const std::vector<std::string> &paths,
                                                 const InputOptions &options);

/// An array that is already in memory; 'file' is named in errors.
Expected<std::unique_ptr<SampleInput>> arrayInput(const std::string &file, Tensor array,
                                                  const SourceInfo &source,
                                                  const InputOptions &options);

} // namespace engram
