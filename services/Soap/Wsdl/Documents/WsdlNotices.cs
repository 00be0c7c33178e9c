namespace Integration.Soap.Wsdl;

/// <summary>What is wrong with a WSDL and does not hinder its use, or that of its other operations.</summary>
internal sealed class WsdlNotices
{
    private const int Most = 100;
    private const int Longest = 1000;

    private readonly List<string> _all = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _absent = [];

    /// <summary>Each once, in the order in which they were found; the first hundred.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>The first of those about documents that could not be read.</summary>
    public IReadOnlyList<string> Absent => _absent;

    /// <param name="document">Where.</param>
    /// <param name="what">Goes on after the document; a sentence.</param>
    public void Add(Uri document, string what) => Add($"{document.AbsoluteUri.Split('#')[0]} {what}");

    /// <summary>A document that could not be read.</summary>
    /// <param name="sentence">Names it and says why.</param>
    public void AddAbsent(string sentence)
    {
        if (_absent.Count == 0)
            _absent.Add(sentence);
        Add(sentence);
    }

    private void Add(string sentence)
    {
        if (sentence.Length > Longest)
            sentence = sentence[..Longest] + "…";
        if (_all.Count < Most && _seen.Add(sentence))
            _all.Add(sentence);
    }
}
