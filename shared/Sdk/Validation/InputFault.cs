namespace Integration.Sdk;

/// <summary>Something wrong at a place in the inputs. The place is put together on the way back, so that what fits costs nothing.</summary>
/// <param name="sentence">What stands behind the place, from a space on.</param>
internal sealed class InputFault(string sentence)
{
    private string _place = "";

    public InputFault Within(InputStep step)
    {
        _place = step.Text + _place;
        return this;
    }

    public string In(string root) => $"{root}{_place}{sentence}";
}
