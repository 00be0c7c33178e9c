using HandlebarsDotNet;

namespace Integration.Mail.Templates;

/// <summary>
/// How many items the templates of a mail may go through. Lists within lists take longer than anybody waits, and nothing else
/// ends them when they write nothing.
/// </summary>
internal sealed class Steps
{
    private const int Most = 1_000_000;

    private int _left = Most;

    public void Take()
    {
        if (--_left < 0)
            throw new HandlebarsRuntimeException($"it goes through more than {Most} items, with lists within lists.");
    }
}
