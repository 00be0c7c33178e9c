namespace Integration.Hosting;

/// <summary>A parameter of a query: how it is read and what is said of it in the OpenAPI document.</summary>
public sealed record QueryParameter
{
    private QueryParameter(string name, string meaning)
    {
        Name = name;
        Meaning = meaning;
    }

    /// <summary>In camel case, as it is written.</summary>
    public string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Meaning { get; }

    /// <summary>What it may be; null for any text.</summary>
    public IReadOnlyList<string>? Values { get; private init; }

    /// <summary>Where to take a right value from, when it is an id that was made here (a UUID); null when it is none.</summary>
    public string? IdFrom { get; private init; }

    /// <summary>The largest, when it is a whole number from 1; null when it is none.</summary>
    public int? Most { get; private init; }

    /// <summary>What counts when it is not given, when it is a number.</summary>
    public int? Usual { get; private init; }

    /// <summary>A parameter that takes any text.</summary>
    public static QueryParameter Text(string name, string meaning) => new(name, meaning);

    /// <summary>A parameter that takes one value of a list.</summary>
    public static QueryParameter OneOf(string name, string meaning, IReadOnlyList<string> values) =>
        new(name, meaning) { Values = values };

    /// <summary>A parameter that takes an id made by this service.</summary>
    public static QueryParameter Id(string name, string meaning, string from) => new(name, meaning) { IdFrom = from };

    /// <summary>A parameter that takes a whole number from 1.</summary>
    public static QueryParameter Number(string name, string meaning, int usual, int most) =>
        new(name, meaning) { Usual = usual, Most = most };
}
