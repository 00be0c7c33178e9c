using System.Diagnostics.CodeAnalysis;

namespace Integration.Soap.Mapping;

/// <summary>Where in an answer the reader is: for messages, and so that its JSON does not become deeper than others read.</summary>
internal sealed class AnswerPath
{
    /// <summary>
    /// Deepest nesting of objects and lists in the JSON. An event holds it a few levels deeper, and readers of events take 60.
    /// </summary>
    public const int MaxLevels = 56;

    private readonly List<(string Name, int Levels)> _elements = [];
    private int _levels;

    /// <summary>How many levels there may be inside of the element that the reader is in.</summary>
    public int Left => MaxLevels - _levels;

    /// <summary>Goes into an element.</summary>
    /// <param name="name">Local.</param>
    /// <param name="levels">How many levels of JSON it takes: one for an object, one more in a list.</param>
    /// <exception cref="MalformedAnswerException">It is too deep.</exception>
    public void Enter(string name, int levels)
    {
        _elements.Add((name, levels));
        _levels += levels;
        if (_levels > MaxLevels)
            Refuse($"is nested too deep: its JSON would have more than {MaxLevels} levels of objects and lists");
    }

    public void Leave()
    {
        _levels -= _elements[^1].Levels;
        _elements.RemoveAt(_elements.Count - 1);
    }

    /// <summary>Says what is wrong with the element that the reader is in.</summary>
    [DoesNotReturn]
    public void Refuse(string problem, Exception? cause = null) =>
        throw new MalformedAnswerException(
            $"at /{string.Join('/', _elements.Select(element => element.Name))} {problem}",
            cause
        );
}
