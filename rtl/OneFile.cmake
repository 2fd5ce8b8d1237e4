# One file that includes all C++ files of a folder, since how many Verilator writes is known only afterwards.
file(GLOB files ${FOLDER}/*.cpp)
list(SORT files)
set(text "")
foreach(file IN LISTS files)
  string(APPEND text "#include \"${file}\"\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
