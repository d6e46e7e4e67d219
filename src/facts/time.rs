//! Times of day.

use serde::Serialize;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TimeFact {
    /// The hour on the 24-hour clock (0–24) if `half_day_known`. Otherwise mostly the hour as spoken, from 1 to 12, but
    /// "ten minutes to two" is stored as 13:50. Compare times with [`Self::agrees`].
    pub hour: u8,
    pub minute: u8,
    /// Whether the text shows in which half of the day the time is: "2:30 p.m." and « 14h30 » do, "at 2:30" does not.
    pub half_day_known: bool,
    /// The time zone, if it is one of those that `zone_name` knows; French « TU » is stored as "UTC".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<&'static str>,
    /// Whether it is written in words: « midi », "half past ten".
    #[serde(skip)]
    pub in_words: bool,
}

impl TimeFact {
    /// Minutes since midnight, with the hour taken as one of the 24-hour clock; 24 counts as 0.
    pub fn minutes(self) -> u16 {
        u16::from(self.hour % 24) * 60 + u16::from(self.minute)
    }

    /// Whether both can mean the same time of day. If either leaves the half of the day open, a difference of exactly
    /// twelve hours is allowed. Time zones are not compared.
    pub fn agrees(self, other: TimeFact) -> bool {
        let (a, b) = (self.minutes(), other.minutes());
        a == b || ((!self.half_day_known || !other.half_day_known) && a % 720 == b % 720)
    }
}

/// The time zone with this name, given in lower case. The caller checks that the text has it in capitals: « est » is a
/// French word.
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
