namespace Integration.Soap.Schemas;

/// <summary>What a simple value is in JSON.</summary>
internal enum ValueKind
{
    /// <summary>Texts, and everything that JSON has no type for: dates, times, durations, addresses.</summary>
    Text,

    /// <summary>A number of any size, with its digits as they are: <c>xs:decimal</c> and what is derived from it.</summary>
    Number,

    /// <summary>A number, or <c>INF</c>, <c>-INF</c>, <c>NaN</c> as text.</summary>
    Float,

    /// <summary>As <see cref="Float"/>, of double size.</summary>
    Double,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Base64.</summary>
    Base64,

    /// <summary>Hexadecimal digits.</summary>
    Hex,

    /// <summary>A name as <c>{namespace}name</c>.</summary>
    QName,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>A value of one of several types.</summary>
    Union,
}
