//! The part of a diagram that is seen: zooming and moving.

/// What is seen, in the diagram's own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Its upper left corner.
    pub x: i32,
    /// Its upper left corner.
    pub y: i32,
    /// Its size.
    pub width: i32,
    /// Its size.
    pub height: i32,
}

/// Near enough to read: so much is seen.
const NEAR: (i32, i32) = (960, 440);

/// At first a letter is not drawn smaller than this part of its size, in tenths, where the frame is as small as a phone.
const AT_FIRST: i32 = 6;
const PHONE: i32 = 480;

/// The nearest that one can go, and the farthest.
const NEAREST: i32 = 240;
const FARTHEST: i32 = 60_000;

impl View {
    /// What is seen at first of a diagram of that size in a frame of that size: all of it, but on a phone no more than can be
    /// read, from the left.
    pub fn at_first(diagram: (i32, i32), frame: (i32, i32)) -> View {
        let all = View::of_all(diagram, frame);
        let width = frame.0 * 10 / AT_FIRST;
        if frame.0 < PHONE && width < all.width { View { x: 0, width, ..all } } else { all }
    }

    /// All of a diagram of that size. Small ones are not blown up.
    pub fn of_all((width, height): (i32, i32), frame: (i32, i32)) -> View {
        let (seen_width, seen_height) = (width.max(frame.0), height.max(frame.1));
        View {
            x: (width - seen_width) / 2,
            y: (height - seen_height) / 2,
            width: seen_width,
            height: seen_height,
        }
    }

    /// Nearer, or farther away; the point stays where it is.
    pub fn zoomed(self, nearer: bool, (x, y): (i32, i32)) -> View {
        let scaled = |length: i32| if nearer { length * 4 / 5 } else { length * 5 / 4 };
        let width = scaled(self.width);
        if !(NEAREST..=FARTHEST).contains(&width) {
            return self;
        }
        View { x: x - scaled(x - self.x), y: y - scaled(y - self.y), width, height: scaled(self.height) }
    }

    /// Moved by so many tenths of what is seen.
    pub fn moved(self, right: i32, down: i32) -> View {
        View { x: self.x + self.width * right / 10, y: self.y + self.height * down / 10, ..self }
    }

    /// Moved as a pointer drags it, by so many pixels of a frame of that size.
    pub fn dragged(self, frame: (i32, i32), (right, down): (i32, i32)) -> View {
        let scale = self.scale(frame);
        View { x: self.x - (right as f32 * scale) as i32, y: self.y - (down as f32 * scale) as i32, ..self }
    }

    /// The middle of what is seen.
    pub fn middle(self) -> (i32, i32) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }

    /// With that point in the middle, and near enough to read.
    pub fn around(self, (x, y): (i32, i32)) -> View {
        let near = self.width <= NEAR.0 * 3 / 2;
        let (width, height) = if near { (self.width, self.height) } else { NEAR };
        View { x: x - width / 2, y: y - height / 2, width, height }
    }

    /// The point of the diagram that a point of a frame of that size shows.
    pub fn point(self, frame: (i32, i32), (x, y): (i32, i32)) -> (i32, i32) {
        let scale = self.scale(frame);
        let (middle_x, middle_y) = self.middle();
        let from_middle = |at: i32, length: i32| ((at - length / 2) as f32 * scale) as i32;
        (middle_x + from_middle(x, frame.0), middle_y + from_middle(y, frame.1))
    }

    /// How much of the diagram a pixel of a frame of that size shows. All of what is seen fits into the frame.
    fn scale(self, (width, height): (i32, i32)) -> f32 {
        let wide = self.width as f32 / width.max(1) as f32;
        let high = self.height as f32 / height.max(1) as f32;
        wide.max(high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_is_seen_and_small_things_stay_small() {
        let frame = (960, 440);
        assert_eq!(View::of_all((2000, 1000), frame), View { x: 0, y: 0, width: 2000, height: 1000 });
        assert_eq!(View::of_all((260, 140), frame), View { x: -350, y: -150, width: 960, height: 440 });
        assert_eq!(View::at_first((2000, 1000), frame), View::of_all((2000, 1000), frame));
    }

    #[test]
    fn a_phone_shows_at_first_what_can_be_read() {
        let frame = (240, 300);
        assert_eq!(View::at_first((2000, 100), frame), View { x: 0, y: -100, width: 400, height: 300 });
        assert_eq!(View::at_first((260, 100), frame), View::of_all((260, 100), frame));
    }

    #[test]
    fn zooming_keeps_the_point_and_has_an_end() {
        let view = View { x: 0, y: 0, width: 1000, height: 500 };
        assert_eq!(view.zoomed(true, (500, 250)), View { x: 100, y: 50, width: 800, height: 400 });
        assert_eq!(view.zoomed(true, (0, 0)).zoomed(false, (0, 0)), view);
        let mut near = view;
        (0..100).for_each(|_| near = near.zoomed(true, (10, 10)));
        assert!(near.width >= NEAREST);
        let mut far = view;
        (0..100).for_each(|_| far = far.zoomed(false, (10, 10)));
        assert!(far.width <= FARTHEST);
    }

    #[test]
    fn a_point_is_dragged_along_with_the_pointer() {
        let view = View { x: 100, y: 0, width: 1000, height: 500 };
        // The frame is higher than what is seen: there is room above and below.
        let frame = (500, 400);
        assert_eq!(view.point(frame, (250, 200)), (600, 250));
        assert_eq!(view.point(frame, (0, 75)), (100, 0));
        let dragged = view.dragged(frame, (50, -10));
        assert_eq!(dragged.point(frame, (300, 190)), view.point(frame, (250, 200)));
    }

    #[test]
    fn what_is_searched_for_is_brought_near() {
        let far = View { x: 0, y: 0, width: 9000, height: 4000 };
        assert_eq!(far.around((500, 500)).middle(), (500, 500));
        assert_eq!(far.around((500, 500)).width, NEAR.0);
    }
}
