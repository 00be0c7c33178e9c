using System.Diagnostics;
using Integration.Fixtures;

namespace Integration.Hosting.Tests;

/// <summary>The script that makes the first tokens makes what the services take.</summary>
public sealed class Tokens_of_the_deployment
{
    [Fact]
    public async Task Its_tokens_look_like_ours_and_its_hashes_are_theirs()
    {
        var (lines, tokens) = await RunAsync();

        lines.Count.ShouldBe(2);
        tokens.Count.ShouldBe(2);
        foreach (var (line, token) in lines.Zip(tokens))
        {
            var secret = token.Split(": ")[1];
            secret.Length.ShouldBe(ApiTokenText.Create().Length);
            ApiTokenText.LooksLikeOne(secret).ShouldBeTrue();
            line.ShouldBe($"{token.Split(':')[0]}_TOKEN_HASH={ApiTokenText.Hash(secret)}");
        }
    }

    [Fact]
    public async Task Its_lines_are_those_that_the_environment_file_asks_for()
    {
        var (lines, _) = await RunAsync();

        var asked = await File.ReadAllLinesAsync(
            RepositoryFolder.File(".env.example"),
            TestContext.Current.CancellationToken
        );
        lines
            .Select(line => line[..(line.IndexOf('=', StringComparison.Ordinal) + 1)])
            .ShouldBe(
                // The samples are no service; deploy/env.sh makes their token.
                asked.Where(line =>
                    line.EndsWith("_TOKEN_HASH=", StringComparison.Ordinal)
                    && !line.StartsWith("SAMPLES_", StringComparison.Ordinal)
                )
            );
    }

    private static async Task<(IReadOnlyList<string> Lines, IReadOnlyList<string> Tokens)> RunAsync()
    {
        using var script = Process.Start(
            new ProcessStartInfo("bash", [RepositoryFolder.File("deploy/tokens.sh")])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        script.ExitCode.ShouldBe(0, await errors);
        return (Lines(await output), Lines(await errors));

        static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
