//! Reads spreadsheets of any kind into typed cells, within bounds of memory and time.
