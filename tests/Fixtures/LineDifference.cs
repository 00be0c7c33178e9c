using System.Text;

namespace Integration.Fixtures;

/// <summary>Two texts as a person compares them: what went, what came, and a little around it.</summary>
internal static class LineDifference
{
    private const int Context = 2;

    public static string Of(string before, string after)
    {
        var old = before.Split('\n');
        var now = after.Split('\n');
        return Render(Walk(old, now, CommonAfter(old, now)));
    }

    /// <summary>Lengths of the longest common subsequences of all pairs of tails.</summary>
    private static int[,] CommonAfter(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        for (var j = now.Length - 1; j >= 0; j--)
            common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }

    private static List<(char Mark, string Line)> Walk(string[] old, string[] now, int[,] common)
    {
        var lines = new List<(char, string)>();
        int i = 0,
            j = 0;
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                lines.Add((' ', old[i]));
                i++;
                j++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
                lines.Add(('-', old[i++]));
            else
                lines.Add(('+', now[j++]));
        }

        return lines;
    }

    private static string Render(List<(char Mark, string Line)> lines)
    {
        var text = new StringBuilder();
        var skipped = false;
        for (var k = 0; k < lines.Count; k++)
        {
            var near = lines
                .Skip(Math.Max(0, k - Context))
                .Take(Math.Min(k, Context) + Context + 1)
                .Any(line => line.Mark != ' ');
            if (near)
                text.Append(skipped ? "  …\n" : "")
                    .Append(lines[k].Mark)
                    .Append(' ')
                    .Append(lines[k].Line)
                    .Append('\n');
            skipped = !near;
        }

        return text.ToString();
    }
}
