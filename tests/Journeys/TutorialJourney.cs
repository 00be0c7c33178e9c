namespace Integration.Journeys.Tests;

/// <summary>The tutorial, done as it says: every file written, every command run, in its order.</summary>
public sealed class TutorialJourney
{
    [Fact]
    public async Task A_developer_comes_from_an_empty_folder_to_a_green_test()
    {
        using var clone = new Clone();
        var tested = false;
        foreach (var step in Page.Open("docs/tutorial/first-operation.md").Steps())
        {
            if (step.File is { } file)
            {
                await clone.WriteAsync(file, step.Code);
                continue;
            }

            step.Language.ShouldBe("sh", $"Nothing runs this block:\n{step.Code}");
            var (code, text) = await clone.RunAsync(step.Code);
            foreach (var line in step.Prints)
                text.ShouldContain(line, Case.Sensitive, $"{step.Code}printed:\n{text}");
            tested = step.Code.StartsWith("dotnet test", StringComparison.Ordinal);
            if (tested)
                code.ShouldBe(0, text);
        }

        tested.ShouldBeTrue("The tutorial no longer ends with its tests.");
    }
}
