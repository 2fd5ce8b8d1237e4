# Verilated models of rtl/ as libraries: engram_verilate(name TOP module RTL a.sv b.sv [PACKAGE file] [FLAGS ...] [TRACE] [FAST]).
# RTL files are named from rtl/. A source includes "V<top>.h". Verilator runs when the library is built, not when
# CMake configures as its own verilate() does: a module that cannot be read stops only what needs it. PACKAGE names, in
# full, the file of the chip's sizes, in the place of engram_chip_pkg.sv. FAST leaves assertions out.
find_program(VERILATOR_EXECUTABLE verilator)
option(ENGRAM_RTL_COVERAGE "count the lines and cover points that the tests of RTL blocks reach" OFF)

# Parity and SECDED are sums over bits, which processors count in an instruction, if they may.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-march=x86-64-v2 ENGRAM_HAS_X86_64_V2)

if(VERILATOR_EXECUTABLE)
  # Imported targets are those of a folder.
  find_package(ZLIB REQUIRED)
endif()
if(VERILATOR_EXECUTABLE AND NOT TARGET engram_verilated)
  execute_process(COMMAND ${VERILATOR_EXECUTABLE} --getenv VERILATOR_ROOT
                  OUTPUT_VARIABLE verilator_root OUTPUT_STRIP_TRAILING_WHITESPACE)
  # Verilator's own runtime, with its warnings.
  set(runtime ${verilator_root}/include)
  add_library(engram_verilated STATIC EXCLUDE_FROM_ALL ${runtime}/verilated.cpp ${runtime}/verilated_threads.cpp
              ${runtime}/verilated_fst_c.cpp ${runtime}/verilated_cov.cpp ${runtime}/verilated_save.cpp)
  target_include_directories(engram_verilated SYSTEM PUBLIC ${runtime} ${runtime}/vltstd)
  target_compile_options(engram_verilated PRIVATE -w)
  target_link_libraries(engram_verilated PUBLIC ZLIB::ZLIB Threads::Threads)
endif()

function(engram_verilate name)
  cmake_parse_arguments(ARG "TRACE;FAST" "TOP;PACKAGE" "RTL;FLAGS" ${ARGN})
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}.verilated)
  list(TRANSFORM ARG_RTL PREPEND ${PROJECT_SOURCE_DIR}/rtl/)
  list(PREPEND ARG_RTL ${ARG_PACKAGE})
  set(flags --cc -Wall --x-initial fast --output-split 0 --top-module ${ARG_TOP} --prefix V${ARG_TOP})
  if(ARG_FAST)
    list(APPEND flags -O3 --x-assign fast)
  else()
    list(APPEND flags --assert)
  endif()
  if(ARG_TRACE)
    list(APPEND flags --trace-fst)
  endif()
  if(ENGRAM_RTL_COVERAGE)
    list(APPEND flags --coverage-line --coverage-user)
  endif()
  set(waivers ${PROJECT_SOURCE_DIR}/rtl/lint/waivers.vlt)
  add_custom_command(
    OUTPUT ${folder}/V${ARG_TOP}.all.cpp ${folder}/V${ARG_TOP}.h
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${folder}
    COMMAND ${VERILATOR_EXECUTABLE} ${flags} ${ARG_FLAGS} --Mdir ${folder} ${waivers} ${ARG_RTL}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUTPUT=${folder}/V${ARG_TOP}.all.cpp -DCOVERAGE=${ENGRAM_RTL_COVERAGE}
            -P ${PROJECT_SOURCE_DIR}/rtl/OneFile.cmake
    DEPENDS ${ARG_RTL} ${waivers}
    COMMENT "Verilating ${ARG_TOP}"
    VERBATIM)
  add_library(${name} STATIC EXCLUDE_FROM_ALL ${folder}/V${ARG_TOP}.all.cpp)
  # What Verilator writes is not ours to warn about, nor is a sanitizer's code for it worth its time.
  target_compile_options(${name} PRIVATE -w -fvisibility=hidden)
  if(ENGRAM_HAS_X86_64_V2)
    target_compile_options(${name} PRIVATE -march=x86-64-v2)
  endif()
  target_include_directories(${name} SYSTEM PUBLIC ${folder})
  target_link_libraries(${name} PUBLIC engram_verilated)
endfunction()
