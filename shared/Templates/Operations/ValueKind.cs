namespace Integration.Templates;

/// <summary>The kinds of values in inputs and outputs.</summary>
public enum ValueKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, whole or not.</summary>
    Number,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of several texts.</summary>
    Choice,

    /// <summary>Date and time with an offset, e.g. <c>2026-12-01T10:00:00Z</c>.</summary>
    Moment,

    /// <summary>A date, e.g. <c>2026-12-01</c>.</summary>
    Date,

    /// <summary>Content by reference.</summary>
    File,

    /// <summary>Several values.</summary>
    List,

    /// <summary>An object whose names are free.</summary>
    Map,

    /// <summary>An object with known fields.</summary>
    Record,

    /// <summary>Whatever JSON can say.</summary>
    Any,

    /// <summary>A form of its own, told in words.</summary>
    Special,
}
