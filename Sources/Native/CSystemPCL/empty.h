/* PCL has no C interface: this module carries its compiler and linker flags only. */
