using Plimsoll.Edge;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Edge;

public sealed class SharedQuestionTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Queue<TaskCompletionSource<Occupant>> _asked = new();
    private readonly SemaphoreSlim _isAsked = new(0);
    private bool _engineIsAway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_answer_is_waited_for()
    {
        var question = NewQuestion();
        var answer = question.AskAsync(Token);
        var engine = await NextAsync();
        _time.Advance(SharedQuestion.Patience - TimeSpan.FromMilliseconds(1));
        answer.IsCompleted.ShouldBeFalse();

        engine.SetResult(Occupant.None);

        (await answer).ShouldBe(Occupant.None);
    }

    [Fact]
    public async Task Once_an_engine_did_not_answer_nobody_waits_until_it_has_answered_and_from_then_on_its_word_counts_again()
    {
        var question = NewQuestion();
        var first = question.AskAsync(Token);
        var engine = await NextAsync();
        _time.Advance(SharedQuestion.Patience);
        (await first).ShouldBe(Occupant.Unknown);

        var second = question.AskAsync(Token);
        second.IsCompleted.ShouldBeTrue();
        (await second).ShouldBe(Occupant.Unknown);

        engine.SetResult(Occupant.Of("run"));
        (await NextAsync()).SetResult(Occupant.None);
        var third = question.AskAsync(Token);
        third.IsCompleted.ShouldBeFalse("it asks anew");
        (await NextAsync()).SetResult(Occupant.Of("another run"));
        (await third).ShouldBe(Occupant.Of("another run"));
        question.Last.ShouldBe(Occupant.Of("another run"));
    }

    [Fact]
    public async Task An_engine_that_may_be_starting_and_does_not_answer_lets_nobody_through()
    {
        _engineIsAway = true;
        var question = NewQuestion();
        for (var visitor = 0; visitor < 2; visitor++)
        {
            var answer = question.AskAsync(Token);
            if (visitor == 0)
            {
                await NextAsync();
            }

            answer.IsCompleted.ShouldBeFalse();
            _time.Advance(SharedQuestion.Patience);
            (await answer).ShouldBe(Occupant.None);
        }
    }

    [Fact]
    public async Task A_visitor_who_leaves_does_not_end_the_question_for_the_others()
    {
        using var leaving = new CancellationTokenSource();
        var question = NewQuestion();
        var first = question.AskAsync(leaving.Token);
        var second = question.AskAsync(Token);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);

        (await NextAsync()).SetResult(Occupant.Of("run"));

        (await second).ShouldBe(Occupant.Of("run"));
    }

    private SharedQuestion NewQuestion() => new(AnswerAsync, () => _engineIsAway, _time);

    private Task<Occupant> AnswerAsync(CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<Occupant>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_asked)
        {
            _asked.Enqueue(answer);
        }

        _isAsked.Release();
        return answer.Task.WaitAsync(cancellationToken);
    }

    private async Task<TaskCompletionSource<Occupant>> NextAsync()
    {
        await _isAsked.WaitAsync(Token);
        lock (_asked)
        {
            return _asked.Dequeue();
        }
    }
}
