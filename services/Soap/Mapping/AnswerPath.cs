using System.Diagnostics.CodeAnalysis;

namespace Integration.Soap.Mapping;

/// <summary>Where in an answer the reader is, for messages.</summary>
internal sealed class AnswerPath
{
    private readonly List<string> _names = [];

    public int Depth => _names.Count;

    public void Enter(string name) => _names.Add(name);

    public void Leave() => _names.RemoveAt(_names.Count - 1);

    /// <summary>Says what is wrong with the element that the reader is in.</summary>
    [DoesNotReturn]
    public void Refuse(string problem, Exception? cause = null) =>
        throw new MalformedAnswerException($"at /{string.Join('/', _names)} {problem}", cause);
}
