//! Times of day.

use serde::Serialize;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TimeFact {
    /// 0–24 as far as the text says; 1–12 when [`Self::half_day_known`] is false.
    pub hour: u8,
    pub minute: u8,
    /// Whether morning or afternoon is certain: "2:30 p.m." and « 14h30 » are, "at 2:30" is not.
    pub half_day_known: bool,
    /// Time zone as written, in capitals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<&'static str>,
    /// It may be a length of time as well: « 20 heures ».
    #[serde(skip)]
    pub doubtful: bool,
    /// Written in words: « midi », "half past ten".
    #[serde(skip)]
    pub in_words: bool,
}

impl TimeFact {
    /// Minutes since midnight.
    pub fn minutes(self) -> u16 {
        u16::from(self.hour % 24) * 60 + u16::from(self.minute)
    }

    /// Whether both name the same time of day. They may be twelve hours apart where one leaves open which half of the
    /// day it means.
    pub fn agrees(self, other: TimeFact) -> bool {
        let (a, b) = (self.minutes(), other.minutes());
        a == b || ((!self.half_day_known || !other.half_day_known) && a % 720 == b % 720)
    }
}

/// The time zone that this word names where it stands in capitals.
pub(super) fn zone_name(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "gmt" => "GMT",
        "utc" => "UTC",
        "cet" => "CET",
        "est" => "EST",
        "edt" => "EDT",
        "pst" => "PST",
        _ => return None,
    })
}
