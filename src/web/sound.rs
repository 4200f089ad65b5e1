//! A voice: one soft tone whose pitch follows a number, and which fades when the number rests.

use web_sys::{AudioContext, GainNode, OscillatorNode, OscillatorType};

/// How loud it is, of 1.
const LOUD: f32 = 0.08;
/// How fast pitch and loudness follow, and for how long a tone stays, in seconds.
const FOLLOW: f64 = 0.015;
const STAY: f64 = 0.12;
const FADE: f64 = 0.06;

/// One tone. It ends when it is dropped.
#[derive(Debug)]
pub struct Voice {
    context: AudioContext,
    oscillator: OscillatorNode,
    gain: GainNode,
}

impl Voice {
    /// A silent one; none where the browser makes no sound.
    #[must_use]
    pub fn new() -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let (oscillator, gain) = (context.create_oscillator().ok()?, context.create_gain().ok()?);
        oscillator.set_type(OscillatorType::Triangle);
        gain.gain().set_value(0.0);
        oscillator.connect_with_audio_node(&gain).ok()?;
        gain.connect_with_audio_node(&context.destination()).ok()?;
        oscillator.start().ok()?;
        Some(Self { context, oscillator, gain })
    }

    /// Sounds at this pitch, in hertz, for a moment.
    pub fn sing(&self, pitch: f64) {
        // A browser that refuses stays silent, which is all that happens.
        let _ = self.context.resume();
        let (now, gain) = (self.context.current_time(), self.gain.gain());
        let _ = self.oscillator.frequency().set_target_at_time(pitch as f32, now, FOLLOW);
        let _ = gain.cancel_scheduled_values(now);
        let _ = gain.set_target_at_time(LOUD, now, FOLLOW);
        let _ = gain.set_target_at_time(0.0, now + STAY, FADE);
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        // What is closed already makes no sound either.
        let _ = self.context.close();
    }
}
