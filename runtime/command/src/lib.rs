//! The command line of a client of Huawei Cloud that resets passwords: what is the same for all operations.
#![forbid(unsafe_code)]
#![deny(missing_docs)]
